import { useTranslation } from 'react-i18next'
import type { OwnReviewView } from '../api/quality'
import { Notice } from '../design/Notice'
import { useFormat } from '../design/useFormat'

/** What the agent said to a review. */
export function AgentsWord({ review, who }: { review: Pick<OwnReviewView, 'agentComment' | 'agentAnsweredAt'>; who: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (review.agentComment === null || review.agentAnsweredAt === null) return null
  return <Notice title={t('quality.review.byAt', { who, at: format.dateTime(review.agentAnsweredAt) })}>{review.agentComment}</Notice>
}
