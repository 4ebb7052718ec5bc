import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type Team } from '../api/routing'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import table from '../design/Table.module.css'
import { ActiveBadge, EditButton } from './rowParts'
import { TeamForm } from './TeamForm'

export function TeamsTab() {
  const { t } = useTranslation()
  const teams = useQuery({ queryKey: ['teams'], queryFn: routing.teams })
  const [editing, setEditing] = useState<Team | 'new'>()
  return (
    <Loaded query={teams} lines={6}>
      {(rows) => (
        <>
          <div className={table['head']}>
            <p>{t('routing.teams.lead')}</p>
            <Button look="primary" onClick={() => setEditing('new')}>
              {t('routing.teams.add')}
            </Button>
          </div>
          <DataTable
            label={t('routing.tab.teams')}
            rows={rows}
            keyOf={({ id }) => id}
            none={<EmptyState title={t('routing.teams.none')} />}
            columns={[
              { heading: t('routing.teams.name'), render: ({ settings }) => settings.name },
              { heading: t('routing.teams.members'), render: ({ members }) => members },
              { heading: t('routing.state'), render: ({ settings }) => <ActiveBadge active={settings.active} /> },
              { heading: t('routing.actions'), render: (team) => <EditButton name={team.settings.name} onClick={() => setEditing(team)} /> },
            ]}
          />
          {editing !== undefined && <TeamForm team={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
        </>
      )}
    </Loaded>
  )
}
