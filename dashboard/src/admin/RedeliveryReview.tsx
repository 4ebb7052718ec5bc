import { useTranslation } from 'react-i18next'
import { admin, type OutboundEvent } from '../api/admin'
import { Effects } from '../review/Effects'
import { ForecastDialog } from '../review/ForecastDialog'

/** What sending an event again will do, before it goes out. */
export function RedeliveryReview({ event, onClose }: { event: OutboundEvent; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <ForecastDialog
      title={t('admin.events.reviewTitle')}
      lead={t('admin.events.reviewLead', { type: event.type })}
      changes={() => [{ name: t('admin.events.state'), from: t('admin.events.dead'), to: t('admin.events.waiting') }]}
      warning={({ url }) => (url === null ? t('admin.events.noReceiver') : undefined)}
      save={t('admin.events.redeliver')}
      forecastKey={['event', event.id]}
      forecast={() => admin.forecastRedelivery(event.id)}
      act={() => admin.redeliver(event.id)}
      concerns={['dead-events']}
      onClose={onClose}
    >
      {({ url, earlierWaiting, laterDelivered }) => (
        <Effects
          effects={[
            ...(url === null ? [] : [t('admin.events.goesTo', { url })]),
            ...(earlierWaiting > 0 ? [t('admin.events.after', { count: earlierWaiting })] : []),
            ...(laterDelivered > 0 ? [t('admin.events.late', { count: laterDelivered })] : []),
          ]}
        />
      )}
    </ForecastDialog>
  )
}
