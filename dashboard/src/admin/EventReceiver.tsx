import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { admin } from '../api/admin'
import { Notice } from '../design/Notice'
import { useFormat } from '../design/useFormat'

/** Where events go and how many wait; the address itself is configuration. */
export function EventReceiver() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery({ queryKey: ['event-receiver'], queryFn: admin.eventReceiver, refetchInterval: 10_000 })
  if (data === undefined) return null
  if (data.url === null) return <Notice tone="warn">{t('admin.events.noReceiver')}</Notice>
  return (
    <p>
      {t('admin.events.receiver', {
        url: data.url,
        waiting: format.number(data.waiting),
        last: data.lastDeliveredAt === null ? t('never') : format.dateTime(data.lastDeliveredAt),
      })}
    </p>
  )
}
