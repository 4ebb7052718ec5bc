import { useTranslation } from 'react-i18next'
import type { Dispute, DisputeRow } from '../api/disputes'
import { useFormat } from '../design/useFormat'
import { useNow } from '../design/useNow'
import styles from './DisputesPage.module.css'

/** The clock that runs out next, and how long it still runs; `none` when there is no such clock. */
export function DisputeClock({ dispute, none = null }: { dispute: DisputeRow | Dispute; none?: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1_000)
  const next = nextClock(dispute, now)
  if (next === undefined) return none
  const left = Date.parse(next.at) - now
  return (
    <span className={styles['clock']} data-late={left < 0}>
      {t(`disputes.clock.${next.clock}`)} ·{' '}
      {left < 0 ? t('disputes.over', { time: format.duration(-left) }) : t('disputes.left', { time: format.duration(left) })}
    </span>
  )
}

function nextClock({ status, decision, handler, takeUpBy, decideBy, finalBy, appealBy }: DisputeRow | Dispute, now: number) {
  if (status === 'closed') return undefined
  if (decision === 'rejected' && appealBy !== null) return { clock: 'appeal', at: appealBy } as const
  if (decision !== null) return undefined
  if (handler === null) return { clock: 'takeUp', at: takeUpBy } as const
  return Date.parse(decideBy) > now ? ({ clock: 'decide', at: decideBy } as const) : ({ clock: 'final', at: finalBy } as const)
}
