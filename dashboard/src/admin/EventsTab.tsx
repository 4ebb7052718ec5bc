import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { admin, type OutboundEvent } from '../api/admin'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { useFormat } from '../design/useFormat'
import { EventReceiver } from './EventReceiver'
import { RedeliveryReview } from './RedeliveryReview'
import table from '../design/Table.module.css'

/** Events for the risk engine that were tried until they were given up. */
export function EventsTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const events = useQuery({ queryKey: ['dead-events'], queryFn: admin.deadEvents, refetchInterval: 10_000 })
  const [reviewing, setReviewing] = useState<OutboundEvent>()
  return (
    <Loaded query={events} lines={6}>
      {(rows) => (
        <>
          <EventReceiver />
          {rows.length > 0 && <p>{t('admin.events.lead')}</p>}
          <DataTable
            label={t('admin.tab.events')}
            rows={rows}
            keyOf={({ id }) => id}
            none={
              <EmptyState title={t('admin.events.none')}>
                <p>{t('admin.events.noneHint')}</p>
              </EmptyState>
            }
            columns={[
              { heading: t('admin.events.created'), render: ({ createdAt }) => format.dateTime(createdAt) },
              { heading: t('admin.events.type'), render: ({ type }) => type },
              { heading: t('admin.events.case'), render: ({ caseId }) => <Link href={`/histories/${caseId}`}>{caseId}</Link> },
              { heading: t('admin.events.attempts'), render: ({ attempts }) => attempts },
              { heading: t('admin.events.error'), render: ({ lastError }) => lastError, className: table['error'] },
              { heading: t('admin.events.actions'), render: (event) => <Button onClick={() => setReviewing(event)}>{t('admin.events.redeliver')}</Button> },
            ]}
          />
          {reviewing !== undefined && <RedeliveryReview event={reviewing} onClose={() => setReviewing(undefined)} />}
        </>
      )}
    </Loaded>
  )
}
