import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { questionsOf } from '../../../domain/quality/scorecard'
import type { ReviewView } from '../api/quality'
import { Card } from '../design/Card'
import { DataTable } from '../design/DataTable'
import { useFormat } from '../design/useFormat'
import styles from './Quality.module.css'
import { ScoreBadge } from './ScoreBadge'
import { useCardText } from './useCardText'

/** How far two reviewers of the same call are apart, question by question. */
export function Comparison({ review }: { review: ReviewView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const textOf = useCardText()
  const questions = new Map(review.scorecard ? questionsOf(review.scorecard.settings).map(({ id, text }) => [id, textOf(text)]) : [])
  const said = (answer: string) => (answer === 'yes' || answer === 'no' || answer === 'na' ? t(`quality.answer.${answer}`) : answer)
  return review.comparisons.map((other) => {
    const both = other.submitted && review.versions.length > 0
    return (
      <Card
        key={other.reviewId}
        title={
          <>
            {t('quality.review.comparison')}: <Link href={`/quality/reviews/${other.reviewId}`}>{other.reviewer?.name ?? other.reviewId}</Link>
          </>
        }
        aside={both && <ScoreBadge score={{ percent: other.percent, failed: false }} />}
      >
        {!both ? (
          <p className={styles['soft']}>{t('quality.review.comparisonWaits')}</p>
        ) : other.differences.length === 0 ? (
          <p>{t('quality.review.same')}</p>
        ) : (
          <DataTable
            label={t('quality.review.comparison')}
            rows={other.differences}
            keyOf={({ questionId }) => questionId}
            columns={[
              { heading: t('quality.review.question'), render: ({ questionId }) => questions.get(questionId) ?? questionId },
              { heading: t('quality.review.here'), render: ({ here }) => said(here) },
              { heading: t('quality.review.there'), render: ({ there }) => said(there) },
              { heading: t('quality.review.apart'), render: ({ points }) => (points === null ? '–' : format.percent(points)) },
            ]}
          />
        )}
      </Card>
    )
  })
}
