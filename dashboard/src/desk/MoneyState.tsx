import { useTranslation } from 'react-i18next'
import type { CaseView, MoneyActionView, Payment } from '../api/caseView'
import { Icon } from '../design/Icon'
import styles from './MoneyState.module.css'

/** Where the money is, in words. Only the ledger's confirmation makes it final. */
interface MoneyStateProps {
  payment: Payment
  actions: readonly MoneyActionView[]
  approvals: CaseView['approvals']
  waits?: boolean
}

export function MoneyState({ payment, actions, approvals, waits }: MoneyStateProps) {
  const { t } = useTranslation()
  const deciding = actions.filter(({ paymentId, kind }) => paymentId === payment.paymentId && ['release', 'freeze', 'refund'].includes(kind))
  const last = deciding.at(-1)
  const action = last === undefined ? '' : t(`terms.fundsAction.${last.kind}`)
  const second = approvals.some(({ subject, outcome }) => subject === payment.paymentId && outcome === null)
  const [tone, text] = second
    ? ['settling', `${t('approvals.waitsFor')} · ${t(`terms.funds.${payment.fundsState}`)}`]
    : payment.decision === 'final'
      ? ['final', t('desk.verdict.money.final', { state: t(`terms.funds.${payment.fundsState}`) })]
      : last?.status === 'refused'
        ? ['refused', t('desk.verdict.money.refused', { action })]
        : last !== undefined
          ? ['settling', t('desk.verdict.money.settling', { action })]
          : waits
            ? ['settling', t('desk.verdict.money.waiting')]
            : ['undecided', t('desk.verdict.money.undecided', { state: t(`terms.funds.${payment.fundsState}`) })]
  return (
    <p className={styles[tone]} role="status">
      {tone === 'final' && <Icon name="check" />} {tone === 'refused' && <Icon name="warning" />} {text}
    </p>
  )
}
