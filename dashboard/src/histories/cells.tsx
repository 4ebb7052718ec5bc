import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { FundsState } from '../../../domain/money'
import type { CaseSummary } from '../api/supervision'
import { Badge } from '../design/Badge'
import { useFormat } from '../design/useFormat'
import styles from './HistoriesTable.module.css'
import { outcomeTone } from './outcomeTone'

interface CellProps {
  summary: CaseSummary
}

export function OpenedCell({ summary }: CellProps) {
  const format = useFormat()
  return <Link href={`/histories/${summary.caseId}`}>{format.dateTime(summary.openedAt)}</Link>
}

export function PayerCell({ summary: { payer } }: CellProps) {
  return (
    <>
      {payer.name} <span className={styles['soft']}>{payer.id}</span>
    </>
  )
}

export function PaymentsCell({ summary: { amounts, payments } }: CellProps) {
  const format = useFormat()
  return (
    <span className={styles['amount']}>
      {amounts.map(format.money).join(' + ')}
      {payments.length > 1 && <span className={styles['soft']}> ×{payments.length}</span>}
    </span>
  )
}

export function OutcomeCell({ summary }: CellProps) {
  const { t } = useTranslation()
  return (
    <span className={styles['badges']}>
      {summary.outcome === null ? (
        <Badge tone="info">{t(`terms.caseStatus.${summary.status}`)}</Badge>
      ) : (
        <Badge tone={outcomeTone(summary.outcome)}>{t(`terms.outcome.${summary.outcome}`)}</Badge>
      )}
      {summary.late && <Badge tone="warn">{t('supervision.histories.late')}</Badge>}
      {summary.needsAttention !== null && <Badge tone="danger">{t('supervision.histories.attention')}</Badge>}
    </span>
  )
}

export function MoneyCell({ summary: { payments } }: CellProps) {
  const { t } = useTranslation()
  const states = [...new Set(payments.map(({ fundsState }) => fundsState as FundsState))]
  return <>{states.map((state) => t(`terms.funds.${state}`)).join(', ')}</>
}

export function CallsCell({ summary: { attempts, lastAttempt } }: CellProps) {
  const { t } = useTranslation()
  return (
    <>
      {attempts}
      {lastAttempt?.outcome && ` · ${t(`terms.attemptOutcome.${lastAttempt.outcome}`)}`}
    </>
  )
}
