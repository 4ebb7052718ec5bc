import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type RoutedAgent, type Team } from '../api/routing'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import table from '../design/Table.module.css'
import { Versions } from '../review/Versions'
import { listOf, skillsOf, skillsText } from './queueDraft'
import { EditButton } from './rowParts'
import styles from './Routing.module.css'

export function AgentsTab() {
  const { t } = useTranslation()
  const agents = useQuery({ queryKey: ['routed-agents'], queryFn: routing.agents })
  const teams = useQuery({ queryKey: ['teams'], queryFn: routing.teams })
  const [editing, setEditing] = useState<RoutedAgent>()
  if (agents.isError || teams.isError) return <ProblemNotice problem={agents.error ?? teams.error} onRetry={() => void Promise.all([agents.refetch(), teams.refetch()])} />
  if (agents.isPending || teams.isPending) return <Skeleton lines={6} />
  if (agents.data.length === 0) return <EmptyState title={t('routing.agents.none')} />
  const teamName = (id: string) => teams.data.find((team) => team.id === id)?.settings.name ?? id
  return (
    <>
      <p>{t('routing.agents.lead')}</p>
      <DataTable
        label={t('routing.tab.agents')}
        rows={agents.data}
        keyOf={({ id }) => id}
        columns={[
          { heading: t('routing.agents.name'), render: ({ name }) => name },
          { heading: t('routing.agents.skills'), render: ({ settings }) => skillsText(settings.skills) },
          { heading: t('routing.agents.languages'), render: ({ settings }) => settings.languages.join(', ') },
          { heading: t('routing.agents.teams'), render: ({ settings }) => settings.teams.map(teamName).join(', ') },
          { heading: t('routing.actions'), render: (agent) => <EditButton name={agent.name} onClick={() => setEditing(agent)} /> },
        ]}
      />
      {editing !== undefined && <AgentForm agent={editing} teams={teams.data} onClose={() => setEditing(undefined)} />}
    </>
  )
}

function AgentForm({ agent, teams, onClose }: { agent: RoutedAgent; teams: readonly Team[]; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (settings: RoutedAgent['settings']) => routing.saveAgent(agent, settings),
    async onSuccess() {
      await Promise.all([queries.invalidateQueries({ queryKey: ['routed-agents'] }), queries.invalidateQueries({ queryKey: ['teams'] })])
      onClose()
    },
  })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    save.mutate({ skills: skillsOf(String(form.get('skills'))), languages: listOf(String(form.get('languages'))), teams: form.getAll('team').map(String) })
  }

  return (
    <Modal open title={agent.name} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        {save.isError && <ProblemNotice problem={save.error} />}
        <Field label={t('routing.agents.skills')} hint={t('routing.queues.skillsHint')}>
          <input name="skills" defaultValue={skillsText(agent.settings.skills)} />
        </Field>
        <Field label={t('routing.agents.languages')} hint={t('routing.queues.languagesHint')}>
          <input name="languages" defaultValue={agent.settings.languages.join(', ')} />
        </Field>
        {teams.length > 0 && (
          <div role="group" aria-label={t('routing.agents.teams')} className={styles['checks']}>
            {teams.map((team) => (
              <label key={team.id} className={styles['check']}>
                <input type="checkbox" name="team" value={team.id} defaultChecked={agent.settings.teams.includes(team.id)} />
                {team.settings.name}
              </label>
            ))}
          </div>
        )}
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('routing.save')}
        </Button>
      </form>
      <Versions queryKey={['agent', agent.id]} load={() => routing.versions('agent', agent.id)} />
    </Modal>
  )
}
