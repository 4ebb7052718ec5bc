import { useTranslation } from 'react-i18next'
import { Badge } from '../design/Badge'
import { useFormat } from '../design/useFormat'

const good = 85
const fair = 70

/** A score in percent, or that the call failed. */
export function ScoreBadge({ score: { percent, failed } }: { score: { percent: number | null; failed: boolean } }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (failed) return <Badge tone="danger">{t('quality.failed')}</Badge>
  if (percent === null) return <Badge>{t('quality.notScored')}</Badge>
  return <Badge tone={percent >= good ? 'good' : percent >= fair ? 'warn' : 'danger'}>{format.percent(percent)}</Badge>
}
