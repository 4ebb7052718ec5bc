import { useTranslation } from 'react-i18next'
import type { VerdictKind } from '../../../domain/money'
import type { CaseView, MoneyActionView, Payment } from '../api/caseView'
import { Icon } from '../design/Icon'
import { useFormat } from '../design/useFormat'
import { HelpLink } from '../transferHelp/HelpLink'
import { MoneyState } from './MoneyState'
import styles from './VerdictForm.module.css'

interface DecidedPaymentProps {
  caseId: string
  payment: Payment
  actions: readonly MoneyActionView[]
  approvals: CaseView['approvals']
  /** The verdict just recorded, for as long as the case does not show it yet. */
  chosen: VerdictKind | undefined
  waits: boolean
}

export function DecidedPayment({ caseId, payment, actions, approvals, chosen, waits }: DecidedPaymentProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const verdict = payment.verdict ?? chosen
  const acting = actions.some(({ paymentId, kind }) => paymentId === payment.paymentId && kind !== 'hold')
  return (
    <div className={styles['payment']} data-payment={payment.paymentId}>
      <p>
        <strong>{format.money(payment.amount)}</strong> · {payment.payee.name}
      </p>
      {verdict !== undefined && verdict !== null && (
        <p className={styles['recorded']}>
          <Icon name="check" /> {t('desk.verdict.recorded', { verdict: t(`terms.verdict.${verdict}`) })}
          {payment.scamType !== null && ` · ${t(`terms.scam.${payment.scamType}`)}`}
        </p>
      )}
      <MoneyState payment={payment} actions={actions} approvals={approvals} waits={waits} />
      {payment.fundsState === 'released' && <HelpLink caseId={caseId} paymentId={payment.paymentId} />}
      {waits && !acting && <p className={styles['waits']}>{t('desk.verdict.waits')}</p>}
    </div>
  )
}
