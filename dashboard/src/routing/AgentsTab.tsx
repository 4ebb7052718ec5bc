import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type RoutedAgent } from '../api/routing'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { AgentForm } from './AgentForm'
import { skillsText } from './queueDraft'
import { EditButton } from './rowParts'

export function AgentsTab() {
  const { t } = useTranslation()
  const agents = useQuery({ queryKey: ['routed-agents'], queryFn: routing.agents })
  const teams = useQuery({ queryKey: ['teams'], queryFn: routing.teams })
  const [editing, setEditing] = useState<RoutedAgent>()
  const teamName = (id: string) => teams.data?.find((team) => team.id === id)?.settings.name ?? id
  return (
    <Loaded query={teams} lines={6}>
      {(known) => (
        <Loaded query={agents} lines={6}>
          {(rows) => (
            <>
              <p>{t('routing.agents.lead')}</p>
              <DataTable
                label={t('routing.tab.agents')}
                rows={rows}
                keyOf={({ id }) => id}
                none={<EmptyState title={t('routing.agents.none')} />}
                columns={[
                  { heading: t('routing.agents.name'), render: ({ name }) => name },
                  { heading: t('routing.agents.skills'), render: ({ settings }) => skillsText(settings.skills) },
                  { heading: t('routing.agents.languages'), render: ({ settings }) => settings.languages.join(', ') },
                  { heading: t('routing.agents.chats'), render: ({ settings }) => settings.chatLimit ?? t('routing.agents.chatsByPolicy') },
                  { heading: t('routing.agents.teams'), render: ({ settings }) => settings.teams.map(teamName).join(', ') },
                  { heading: t('routing.actions'), render: (agent) => <EditButton name={agent.name} onClick={() => setEditing(agent)} /> },
                ]}
              />
              {editing !== undefined && <AgentForm agent={editing} teams={known} onClose={() => setEditing(undefined)} />}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}
