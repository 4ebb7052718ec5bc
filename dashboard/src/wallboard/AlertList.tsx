import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Alert } from '../api/supervision'
import { alertAdvice } from '../attention/attention'
import { Card } from '../design/Card'
import { Icon } from '../design/Icon'
import { useFormat } from '../design/useFormat'
import styles from './AlertList.module.css'

const shownAtOnce = 8

/** What is the matter, and what a supervisor can do about it. */
export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card
      title={t('supervision.wallboard.alerts')}
      tone={alerts.length > 0 ? 'caution' : 'plain'}
      aside={alerts.length > 0 && <strong>{alerts.length}</strong>}
    >
      {alerts.length === 0 ? (
        <p className={styles['none']}>
          <Icon name="check" /> {t('supervision.wallboard.noAlerts')}
        </p>
      ) : (
        <ul className={styles['alerts']} aria-live="polite">
          {alerts.slice(0, shownAtOnce).map((alert) => {
            const { what, todo } = alertAdvice(t, alert)
            return (
              <li key={alert.id}>
                <Icon name="warning" />
                <div>
                  <strong>{t(`supervision.wallboard.alert.${alert.kind}`)}</strong> <time dateTime={alert.at}>{format.time(alert.at)}</time>
                  <p>{alert.caseId === null ? what : <Link href={`/histories/${alert.caseId}`}>{what}</Link>}</p>
                  <p className={styles['todo']}>{todo}</p>
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
