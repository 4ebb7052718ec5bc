import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { quality } from '../api/quality'
import { EmptyState } from '../design/EmptyState'
import { Page } from '../design/Page'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { OwnReviewCard, ownReviewsKey } from './OwnReviewCard'

/** What was found of an agent's own calls. */
export function OwnReviewsPage() {
  const { t } = useTranslation()
  const reviews = useQuery({ queryKey: ownReviewsKey, queryFn: quality.own })
  return (
    <Page title={t('nav.reviews')} lead={t('quality.own.lead')}>
      {reviews.isError ? (
        <ProblemNotice problem={reviews.error} onRetry={() => void reviews.refetch()} />
      ) : reviews.data === undefined ? (
        <Skeleton lines={6} />
      ) : reviews.data.length === 0 ? (
        <EmptyState title={t('quality.own.none')} />
      ) : (
        reviews.data.map((review) => <OwnReviewCard key={review.reviewId} review={review} />)
      )}
    </Page>
  )
}
