import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { routing, type Team } from '../api/routing'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import table from '../design/Table.module.css'
import { Versions } from '../review/Versions'
import { ActiveBadge, EditButton } from './rowParts'
import styles from './Routing.module.css'

export function TeamsTab() {
  const { t } = useTranslation()
  const teams = useQuery({ queryKey: ['teams'], queryFn: routing.teams })
  const [editing, setEditing] = useState<Team | 'new'>()
  if (teams.isError) return <ProblemNotice problem={teams.error} onRetry={() => void teams.refetch()} />
  if (teams.isPending) return <Skeleton lines={6} />
  return (
    <>
      <div className={table['head']}>
        <p>{t('routing.teams.lead')}</p>
        <Button look="primary" onClick={() => setEditing('new')}>
          {t('routing.teams.add')}
        </Button>
      </div>
      {teams.data.length === 0 ? (
        <EmptyState title={t('routing.teams.none')} />
      ) : (
        <DataTable
          label={t('routing.tab.teams')}
          rows={teams.data}
          keyOf={({ id }) => id}
          columns={[
            { heading: t('routing.teams.name'), render: ({ settings }) => settings.name },
            { heading: t('routing.teams.members'), render: ({ members }) => members },
            { heading: t('routing.state'), render: ({ settings }) => <ActiveBadge active={settings.active} /> },
            { heading: t('routing.actions'), render: (team) => <EditButton name={team.settings.name} onClick={() => setEditing(team)} /> },
          ]}
        />
      )}
      {editing !== undefined && <TeamForm team={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}

function TeamForm({ team, onClose }: { team: Team | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (settings: Team['settings']) => routing.saveTeam(team, settings),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['teams'] })
      onClose()
    },
  })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    save.mutate({ name: String(form.get('name')).trim(), active: form.get('active') === 'on' })
  }

  return (
    <Modal open title={team?.settings.name ?? t('routing.teams.add')} onClose={onClose}>
      <form className={table['form']} onSubmit={submit} autoComplete="off">
        {save.isError && <ProblemNotice problem={save.error} />}
        <Field label={t('routing.teams.name')}>
          <input name="name" required maxLength={80} defaultValue={team?.settings.name} />
        </Field>
        <label className={styles['check']}>
          <input type="checkbox" name="active" defaultChecked={team?.settings.active ?? true} />
          {t('routing.queues.on')}
        </label>
        <Button look="primary" type="submit" busy={save.isPending}>
          {t('routing.save')}
        </Button>
      </form>
      {team !== undefined && <Versions queryKey={['team', team.id]} load={() => routing.versions('team', team.id)} />}
    </Modal>
  )
}
