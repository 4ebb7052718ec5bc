import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type Queue } from '../api/routing'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import table from '../design/Table.module.css'
import { QueueForm } from './QueueForm'
import { ActiveBadge, EditButton } from './rowParts'
import styles from './Routing.module.css'
import { useQueueText } from './useQueueText'

export function QueuesTab() {
  const { t } = useTranslation()
  const queues = useQuery({ queryKey: ['queues'], queryFn: routing.queues, refetchInterval: 10_000 })
  const teams = useQuery({ queryKey: ['teams'], queryFn: routing.teams })
  const [editing, setEditing] = useState<Queue | 'new'>()
  const text = useQueueText(teams.data ?? [])
  return (
    <Loaded query={teams} lines={6}>
      {(known) => (
        <Loaded query={queues} lines={6}>
          {(rows) => (
            <>
              <div className={table['head']}>
                <p>{t('routing.queues.lead')}</p>
                <Button look="primary" onClick={() => setEditing('new')}>
                  {t('routing.queues.add')}
                </Button>
              </div>
              <DataTable
                label={t('routing.tab.queues')}
                rows={rows}
                keyOf={({ id }) => id}
                none={
                  <EmptyState title={t('routing.queues.none')}>
                    <p>{t('routing.queues.noneHint')}</p>
                  </EmptyState>
                }
                columns={[
                  { heading: t('routing.queues.position'), render: ({ settings }) => settings.position },
                  { heading: t('routing.queues.name'), render: ({ settings }) => settings.name },
                  { heading: t('routing.queues.cases'), render: ({ settings }) => text.cases(settings.criteria) },
                  {
                    heading: t('routing.queues.steps'),
                    render: ({ settings }) => (
                      <ol className={styles['steps']}>
                        {text.steps(settings).map((step) => (
                          <li key={step}>{step}</li>
                        ))}
                      </ol>
                    ),
                  },
                  { heading: t('routing.queues.dialMode'), render: ({ settings }) => t(`routing.queues.mode.${settings.dialMode}`) },
                  { heading: t('routing.queues.waiting'), render: ({ waiting }) => waiting },
                  { heading: t('routing.state'), render: ({ settings }) => <ActiveBadge active={settings.active} /> },
                  { heading: t('routing.actions'), render: (queue) => <EditButton name={queue.settings.name} onClick={() => setEditing(queue)} /> },
                ]}
              />
              {editing !== undefined && <QueueForm queue={editing === 'new' ? undefined : editing} teams={known} onClose={() => setEditing(undefined)} />}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}
