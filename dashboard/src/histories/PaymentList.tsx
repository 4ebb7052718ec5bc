import { Link } from 'wouter'
import { UnfreezeRequest } from '../approvals/UnfreezeRequest'
import { Badge } from '../design/Badge'
import { Card } from '../design/Card'
import { MethodName } from '../desk/MethodName'
import { MoneyState } from '../desk/MoneyState'
import { useSession } from '../session/useSession'
import { HelpLink } from '../transferHelp/HelpLink'
import styles from './PaymentList.module.css'
import { verdictText, type SentenceContext } from './sentence'

export function PaymentList({ context }: { context: SentenceContext }) {
  const { t, format, view, people } = context
  const { data: user } = useSession()
  const mayUnfreeze = user?.role === 'supervisor' || user?.role === 'compliance'
  return (
    <Card title={t('supervision.case.payments')}>
      <ul className={styles['payments']}>
        {view.payments.map((payment) => (
          <li key={payment.paymentId}>
            <p className={styles['amount']}>
              <strong>{format.money(payment.amount)}</strong>
              <Badge tone={payment.risk.score >= 80 ? 'danger' : payment.risk.score >= 60 ? 'warn' : 'neutral'}>
                {t('desk.payments.score')} {payment.risk.score}
              </Badge>
            </p>
            <p>
              {payment.payee.name} · <MethodName method={payment.method} /> · {format.dateTime(payment.paidAt)}
            </p>
            <p className={styles['reasons']}>{payment.risk.rules.map(({ reason }) => reason).join(' · ')}</p>
            <p>
              {payment.verdict === null ? (
                <>
                  {t('supervision.case.noVerdict')}
                  {payment.decision === 'final' && ` · ${t('supervision.case.byDefault')}`}
                </>
              ) : (
                <>
                  <strong>{verdictText(payment.verdict, payment.scamType, t)}</strong>
                  {payment.verdictBy !== null &&
                    payment.verdictAt !== null &&
                    ` · ${t('supervision.case.verdictBy', { name: people[payment.verdictBy.replace(/^\w+:/, '')] ?? payment.verdictBy, time: format.time(payment.verdictAt) })}`}
                </>
              )}
            </p>
            {payment.verdictNotes !== null && <blockquote className={styles['notes']}>{payment.verdictNotes}</blockquote>}
            <MoneyState payment={payment} actions={view.moneyActions} approvals={view.approvals} />
            {mayUnfreeze && payment.fundsState === 'frozen' && !view.approvals.some(({ subject, outcome }) => subject === payment.paymentId && outcome === null) && (
              <UnfreezeRequest caseId={view.caseId} paymentId={payment.paymentId} />
            )}
            {mayUnfreeze && <Link className={styles['dispute']} href={`/disputes?payment=${encodeURIComponent(payment.paymentId)}`}>{t('disputes.open.title')}</Link>}
            {payment.fundsState === 'released' && <HelpLink caseId={view.caseId} paymentId={payment.paymentId} />}
            <p className={styles['id']}>{payment.paymentId}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
