import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { reviewStates, type ReviewState } from '../../../domain/quality/review'
import { quality, type ReviewSummary } from '../api/quality'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Field } from '../design/Field'
import { Loaded } from '../design/Loaded'
import { useFormat } from '../design/useFormat'
import styles from './Quality.module.css'
import { ScoreBadge } from './ScoreBadge'
import { StateBadge } from './StateBadge'

const shown = ['open', ...reviewStates] as const

/** The calls that are to be scored, the oldest first, and those that were. */
export function ReviewsTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const [state, setState] = useState<ReviewState | 'open'>('open')
  const reviews = useQuery({ queryKey: ['reviews', state], queryFn: () => quality.reviews(state), refetchInterval: 30_000 })
  const columns = [
    { heading: t('quality.reviews.call'), render: ({ calledAt }: ReviewSummary) => format.dateTime(calledAt) },
    { heading: t('quality.reviews.agent'), render: ({ agent }: ReviewSummary) => agent?.name ?? t('quality.reviews.nobody') },
    { heading: t('quality.reviews.why'), render: ({ reasons }: ReviewSummary) => reasons.map((reason) => t(`quality.reason.${reason}`)).join(', ') },
    { heading: t('quality.reviews.state'), render: (review: ReviewSummary) => <StateBadge state={review.state} /> },
    { heading: t('quality.reviews.reviewer'), render: ({ reviewer }: ReviewSummary) => reviewer?.name ?? '–' },
    { heading: t('quality.reviews.score'), render: (review: ReviewSummary) => (review.submittedAt === null ? '–' : <ScoreBadge score={review} />) },
    {
      heading: t('quality.reviews.open'),
      render: ({ reviewId, calledAt }: ReviewSummary) => (
        <Link href={`/quality/reviews/${reviewId}`} aria-label={t('quality.reviews.openOf', { at: format.dateTime(calledAt) })}>
          {t('quality.reviews.open')}
        </Link>
      ),
    },
  ]
  return (
    <>
      <div className={styles['filter']}>
        <Field label={t('quality.reviews.show')}>
          <select value={state} onChange={(event) => setState(event.target.value as ReviewState | 'open')}>
            {shown.map((each) => (
              <option key={each} value={each}>
                {t(`quality.state.${each}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Loaded query={reviews} lines={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t(state === 'open' ? 'quality.reviews.none' : 'quality.reviews.noneOfState')}>
              {state === 'open' && <p>{t('quality.reviews.noneHint')}</p>}
            </EmptyState>
          ) : (
            <DataTable label={t('quality.tab.reviews')} columns={columns} rows={rows} keyOf={({ reviewId }) => reviewId} />
          )
        }
      </Loaded>
    </>
  )
}
