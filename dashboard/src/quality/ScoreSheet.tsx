import { useTranslation } from 'react-i18next'
import { questionsOf } from '../../../domain/quality/scorecard'
import type { OwnReviewView } from '../api/quality'
import { Card } from '../design/Card'
import { Fact, Facts } from '../design/Facts'
import { useFormat } from '../design/useFormat'
import styles from './Quality.module.css'
import { ScoreBadge } from './ScoreBadge'
import { useCardText } from './useCardText'

/** One version of a review as it was submitted. */
export function ScoreSheet({ review: { scorecard }, version }: { review: Pick<OwnReviewView, 'scorecard'>; version: OwnReviewView['versions'][number] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const textOf = useCardText()
  return (
    <Card title={`${t(`quality.version.${version.kind}`)} · ${t('quality.review.byAt', { who: version.reviewer.name, at: format.dateTime(version.at) })}`} aside={<ScoreBadge score={version} />}>
      {scorecard !== null && (
        <div className={styles['sheet']}>
          <Facts>
            {questionsOf(scorecard.settings).map(({ id, text }) => (
              <Fact key={id} name={textOf(text)}>
                <Given answer={version.answers[id]} />
              </Fact>
            ))}
          </Facts>
        </div>
      )}
      {version.comment !== null && <p className={styles['comment']}>{version.comment}</p>}
      {scorecard !== null && (
        <p className={styles['soft']}>
          {textOf(scorecard.settings.name)}, {t('quality.review.version', { version: scorecard.version })}
        </p>
      )}
    </Card>
  )
}

function Given({ answer }: { answer: OwnReviewView['versions'][number]['answers'][string] | undefined }) {
  const { t } = useTranslation()
  if (answer === undefined) return '–'
  return typeof answer === 'number' ? `${answer} / 5` : t(`quality.answer.${answer}`)
}
