import { useTranslation } from 'react-i18next'
import type { Payment } from '../api/caseView'
import { Badge } from '../design/Badge'
import { Card } from '../design/Card'
import { Icon } from '../design/Icon'
import { clockTime, useFormat } from '../design/useFormat'
import { useNow } from '../design/useNow'
import { MethodName } from './MethodName'
import styles from './PaymentsCard.module.css'

/** For the agent's eyes: what was paid, and why it was flagged. */
export function PaymentsCard({ payments }: { payments: readonly Payment[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card tone="caution" title={t('desk.payments.title')}>
      <p className={styles['caution']}>
        <Icon name="lock" /> {t('desk.payments.afterIdentity')}
      </p>
      <ul className={styles['payments']}>
        {payments.map((payment) => (
          <li key={payment.paymentId}>
            <p className={styles['amount']}>
              <strong>{format.money(payment.amount)}</strong>
              <Badge tone={payment.risk.score >= 80 ? 'danger' : payment.risk.score >= 60 ? 'warn' : 'neutral'}>
                {t('desk.payments.score')} {payment.risk.score}
              </Badge>
            </p>
            <dl className={styles['facts']}>
              <dt>{t('desk.payments.to')}</dt>
              <dd>{payment.payee.name}</dd>
              <dt>{t('desk.payments.paid')}</dt>
              <dd>{format.dateTime(payment.paidAt)}</dd>
              <dt>{t('desk.payments.method')}</dt>
              <dd>
                <MethodName method={payment.method} />
              </dd>
              <dt>{t('desk.payments.promise')}</dt>
              <dd>
                <Promise payment={payment} />
              </dd>
            </dl>
            {payment.risk.rules.length > 0 && (
              <>
                <h3 className={styles['why']}>{t('desk.payments.reasons')}</h3>
                <ul className={styles['reasons']}>
                  {payment.risk.rules.map((rule) => (
                    <li key={rule.id} title={rule.id}>
                      {rule.reason}
                    </li>
                  ))}
                </ul>
              </>
            )}
            <FreeFacts payment={payment} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Promise({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const left = Date.parse(payment.deadline) - now
  if (payment.rangAt !== null) {
    const inTime = payment.rangAt <= payment.deadline
    return (
      <span className={styles[inTime ? 'kept' : 'broken']}>
        {t(inTime ? 'desk.payments.rangInTime' : 'desk.payments.rangLate', { time: format.time(payment.rangAt) })}
      </span>
    )
  }
  return (
    <span className={left >= 0 ? styles['ticking'] : styles['broken']}>
      {t(left >= 0 ? 'desk.payments.notYet' : 'desk.payments.overdue', { by: format.time(payment.deadline), time: clockTime(Math.abs(left)) })}
    </span>
  )
}

/** The risk engine may send what it likes about device and place; it is shown as it came. */
function FreeFacts({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  const parts = [
    [t('desk.payments.device'), payment.risk.device],
    [t('desk.payments.place'), payment.risk.place],
    [t('desk.payments.more'), payment.risk.payload],
  ] as const
  const filled = parts.filter(([, facts]) => Object.keys(facts ?? {}).length > 0)
  if (filled.length === 0) return null
  return (
    <details className={styles['more']}>
      <summary>{filled.map(([name]) => name).join(' · ')}</summary>
      {filled.map(([name, facts]) => (
        <dl key={name} className={styles['facts']} aria-label={name}>
          {Object.entries(facts).map(([key, value]) => (
            <div key={key} className={styles['pair']}>
              <dt>{key}</dt>
              <dd>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
            </div>
          ))}
        </dl>
      ))}
    </details>
  )
}
