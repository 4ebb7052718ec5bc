import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { admin } from '../api/admin'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import { EventReceiver } from './EventReceiver'
import table from '../design/Table.module.css'

/** Events for the risk engine that were tried until they were given up. */
export function EventsTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const events = useQuery({ queryKey: ['dead-events'], queryFn: admin.deadEvents, refetchInterval: 10_000 })
  const redeliver = useMutation({ mutationFn: admin.redeliver, onSettled: () => queries.invalidateQueries({ queryKey: ['dead-events'] }) })
  if (events.isError) return <ProblemNotice problem={events.error} onRetry={() => void events.refetch()} />
  if (events.isPending) return <Skeleton lines={6} />
  if (events.data.length === 0)
    return (
      <>
        <EventReceiver />
        <EmptyState title={t('admin.events.none')}>
          <p>{t('admin.events.noneHint')}</p>
        </EmptyState>
      </>
    )
  return (
    <>
      <EventReceiver />
      <p>{t('admin.events.lead')}</p>
      {redeliver.isError && <ProblemNotice problem={redeliver.error} />}
      <DataTable
        label={t('admin.tab.events')}
        rows={events.data}
        keyOf={({ id }) => id}
        columns={[
          { heading: t('admin.events.created'), render: ({ createdAt }) => format.dateTime(createdAt) },
          { heading: t('admin.events.type'), render: ({ type }) => type },
          { heading: t('admin.events.case'), render: ({ caseId }) => <Link href={`/histories/${caseId}`}>{caseId}</Link> },
          { heading: t('admin.events.attempts'), render: ({ attempts }) => attempts },
          { heading: t('admin.events.error'), render: ({ lastError }) => lastError, className: table['error'] },
          {
            heading: t('admin.events.actions'),
            render: ({ id }) => (
              <Button busy={redeliver.isPending && redeliver.variables === id} onClick={() => redeliver.mutate(id)}>
                {t('admin.events.redeliver')}
              </Button>
            ),
          },
        ]}
      />
    </>
  )
}
