import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Alert } from '../api/supervision'
import { Card } from '../design/Card'
import { Icon } from '../design/Icon'
import { useFormat } from '../design/useFormat'
import { supervision } from '../language/en/supervision'
import styles from './AlertList.module.css'

type Kind = keyof typeof supervision.wallboard.alert
const shownAtOnce = 8

export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const kindOf = (kind: string): Kind => (kind in supervision.wallboard.alert ? (kind as Kind) : 'other')
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
          {alerts.slice(0, shownAtOnce).map((alert) => (
            <li key={alert.id}>
              <Icon name="warning" />
              <div>
                <strong>{t(`supervision.wallboard.alert.${kindOf(alert.kind)}`)}</strong> <time dateTime={alert.at}>{format.time(alert.at)}</time>
                <p lang="en">{alert.caseId === null ? alert.text : <Link href={`/histories/${alert.caseId}`}>{alert.text}</Link>}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
