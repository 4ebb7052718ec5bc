import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type Queue } from '../api/routing'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { EmptyState } from '../design/EmptyState'
import { ProblemNotice } from '../design/ProblemNotice'
import { ScrollArea } from '../design/ScrollArea'
import { Skeleton } from '../design/Skeleton'
import table from '../design/Table.module.css'
import { QueueForm } from './QueueForm'
import styles from './Routing.module.css'
import { useQueueText } from './useQueueText'

export function QueuesTab() {
  const { t } = useTranslation()
  const queues = useQuery({ queryKey: ['queues'], queryFn: routing.queues, refetchInterval: 10_000 })
  const teams = useQuery({ queryKey: ['teams'], queryFn: routing.teams })
  const [editing, setEditing] = useState<Queue | 'new'>()
  const text = useQueueText(teams.data ?? [])
  if (queues.isError || teams.isError) return <ProblemNotice problem={queues.error ?? teams.error} onRetry={() => void Promise.all([queues.refetch(), teams.refetch()])} />
  if (queues.isPending || teams.isPending) return <Skeleton lines={6} />
  return (
    <>
      <div className={table['head']}>
        <p>{t('routing.queues.lead')}</p>
        <Button look="primary" onClick={() => setEditing('new')}>
          {t('routing.queues.add')}
        </Button>
      </div>
      {queues.data.length === 0 ? (
        <EmptyState title={t('routing.queues.none')}>
          <p>{t('routing.queues.noneHint')}</p>
        </EmptyState>
      ) : (
        <ScrollArea className={table['frame']} label={t('routing.tab.queues')}>
          <table className={table['table']}>
            <thead>
              <tr>
                {(['position', 'name', 'cases', 'steps', 'dialMode', 'waiting'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`routing.queues.${name}`)}
                  </th>
                ))}
                <th scope="col">{t('routing.state')}</th>
                <th scope="col">{t('routing.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {queues.data.map((queue) => (
                <tr key={queue.id}>
                  <td>{queue.settings.position}</td>
                  <td>{queue.settings.name}</td>
                  <td>{text.cases(queue.settings.criteria)}</td>
                  <td>
                    <ol className={styles['steps']}>
                      {text.steps(queue.settings).map((step) => (
                        <li key={step}>{step}</li>
                      ))}
                    </ol>
                  </td>
                  <td>{t(`routing.queues.mode.${queue.settings.dialMode}`)}</td>
                  <td>{queue.waiting}</td>
                  <td>
                    <Badge tone={queue.settings.active ? 'good' : 'neutral'}>{t(queue.settings.active ? 'routing.active' : 'routing.inactive')}</Badge>
                  </td>
                  <td>
                    <Button aria-label={`${t('routing.edit')}: ${queue.settings.name}`} onClick={() => setEditing(queue)}>
                      {t('routing.edit')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
      {editing !== undefined && <QueueForm queue={editing === 'new' ? undefined : editing} teams={teams.data} onClose={() => setEditing(undefined)} />}
    </>
  )
}
