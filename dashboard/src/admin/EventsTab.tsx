import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { admin } from '../api/admin'
import { Button } from '../design/Button'
import { EmptyState } from '../design/EmptyState'
import { ProblemNotice } from '../design/ProblemNotice'
import { ScrollArea } from '../design/ScrollArea'
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
      <ScrollArea className={table['frame']} label={t('admin.tab.events')}>
        <table className={table['table']}>
          <thead>
            <tr>
              {(['created', 'type', 'case', 'attempts', 'error', 'actions'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`admin.events.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {events.data.map((event) => (
              <tr key={event.id}>
                <td>{format.dateTime(event.createdAt)}</td>
                <td>{event.type}</td>
                <td>
                  <Link href={`/histories/${event.caseId}`}>{event.caseId}</Link>
                </td>
                <td>{event.attempts}</td>
                <td className={table['error']}>{event.lastError}</td>
                <td>
                  <Button busy={redeliver.isPending && redeliver.variables === event.id} onClick={() => redeliver.mutate(event.id)}>
                    {t('admin.events.redeliver')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  )
}
