import { useTranslation } from 'react-i18next'
import type { DeskCase } from '../api/desk'
import { Badge } from '../design/Badge'
import { Card } from '../design/Card'
import { useFormat } from '../design/useFormat'
import styles from './HistoryCard.module.css'

export function HistoryCard({ history }: { history: DeskCase['history'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card title={t('desk.history.title')}>
      {history.length === 0 ? (
        <p className={styles['none']}>{t('desk.history.none')}</p>
      ) : (
        <ul className={styles['list']}>
          {history.map((earlier) => (
            <li key={earlier.caseId}>
              <span>{format.date(earlier.openedAt)}</span>
              <span>{earlier.payments.map((payment) => format.money(payment.amount)).join(', ')}</span>
              <Badge tone={earlier.outcome === 'scam' || earlier.outcome === 'denied' ? 'danger' : 'neutral'}>
                {t(`terms.outcome.${earlier.outcome ?? 'open'}`)}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
