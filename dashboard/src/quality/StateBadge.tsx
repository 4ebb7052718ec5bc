import { useTranslation } from 'react-i18next'
import type { ReviewState } from '../../../domain/quality/review'
import { Badge, type Tone } from '../design/Badge'

const tones: Record<ReviewState, Tone> = { waiting: 'neutral', draft: 'info', submitted: 'neutral', acknowledged: 'good', disputed: 'warn', settled: 'good' }

export function StateBadge({ state }: { state: ReviewState }) {
  const { t } = useTranslation()
  return <Badge tone={tones[state]}>{t(`quality.state.${state}`)}</Badge>
}
