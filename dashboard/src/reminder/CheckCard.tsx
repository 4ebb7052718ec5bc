import { useTranslation } from 'react-i18next'
import type { PaymentCheck } from '../api/caseView'
import { Badge } from '../design/Badge'
import { Card } from '../design/Card'
import { useFormat } from '../design/useFormat'
import { MethodName } from '../desk/MethodName'
import styles from './reminder.module.css'

/** How much goes to whom, why it was stopped, and where it is. */
export function CheckCard({ check }: { check: PaymentCheck }) {
  const { t } = useTranslation()
  const format = useFormat()
  const score = check.scoreAfter ?? check.score
  return (
    <Card tone="caution" title={t('reminder.check.title')} aside={<Badge tone={toneOf(check)}>{t(`reminder.phase.${check.phase}`)}</Badge>}>
      <p className={styles['amount']}>
        <strong>{format.money(check.amount)}</strong>
        <Badge tone={score >= 80 ? 'danger' : score >= 60 ? 'warn' : 'neutral'}>
          {t('desk.payments.score')} {score}
        </Badge>
      </p>
      <dl className={styles['facts']}>
        <dt>{t('desk.payments.to')}</dt>
        <dd>{check.payee.name}</dd>
        <dt>{t('reminder.check.asked')}</dt>
        <dd>{format.dateTime(check.openedAt)}</dd>
        <dt>{t('desk.payments.method')}</dt>
        <dd>
          <MethodName method={check.method} />
        </dd>
        <dt>{t('reminder.check.money')}</dt>
        <dd>{t(`reminder.funds.${check.fundsState}`)}</dd>
        {check.until !== null && (
          <>
            <dt>{t('reminder.check.until')}</dt>
            <dd>{format.dateTime(check.until)}</dd>
          </>
        )}
        {check.outcome !== null && (
          <>
            <dt>{t('reminder.check.lastTalk')}</dt>
            <dd>
              {t(`reminder.outcome.${check.outcome}`)}
              {check.scamType !== null && ` · ${t(`terms.scam.${check.scamType}`)}`}
            </dd>
          </>
        )}
        {check.trustedContact !== null && (
          <>
            <dt>{t('reminder.check.trusted')}</dt>
            <dd>
              {check.trustedContact} · {check.trustedAnswer === null ? t('reminder.check.notAnswered') : t(`reminder.trustedAnswer.${check.trustedAnswer}`)}
            </dd>
          </>
        )}
        {check.ending !== null && (
          <>
            <dt>{t('reminder.check.ending')}</dt>
            <dd>{t(`reminder.ending.${check.ending}`)}</dd>
          </>
        )}
      </dl>
      {check.reasons.length > 0 && (
        <>
          <h3 className={styles['why']}>{t('desk.payments.reasons')}</h3>
          <ul className={styles['reasons']}>
            {check.reasons.map(({ id, reason }) => (
              <li key={id} title={id}>
                {t(`reminder.rule.${id}`, { defaultValue: reason })}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function toneOf({ decision, phase }: PaymentCheck) {
  if (phase !== 'final') return 'warn'
  return decision === 'pay' ? 'info' : 'good'
}
