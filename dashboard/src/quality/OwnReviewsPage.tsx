import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { quality } from '../api/quality'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { Page } from '../design/Page'
import { OwnReviewCard, ownReviewsKey } from './OwnReviewCard'

/** What was found of an agent's own calls. */
export function OwnReviewsPage() {
  const { t } = useTranslation()
  const reviews = useQuery({ queryKey: ownReviewsKey, queryFn: quality.own })
  return (
    <Page title={t('nav.reviews')} lead={t('quality.own.lead')}>
      <Loaded query={reviews} lines={6}>
        {(own) =>
          own.length === 0 ? <EmptyState title={t('quality.own.none')} /> : own.map((review) => <OwnReviewCard key={review.reviewId} review={review} />)
        }
      </Loaded>
    </Page>
  )
}
