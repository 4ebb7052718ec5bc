import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { admin, type StaffAccount } from '../api/admin'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import table from '../design/Table.module.css'
import { UserForm } from './UserForm'

export function UsersTab() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const users = useQuery({ queryKey: ['users'], queryFn: admin.users })
  const [editing, setEditing] = useState<StaffAccount | 'new'>()
  const activate = useMutation({
    mutationFn: ({ id, active }: { id: string; active: boolean }) => admin.changeUser(id, { active }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  })
  if (users.isError) return <ProblemNotice problem={users.error} onRetry={() => void users.refetch()} />
  if (users.isPending) return <Skeleton lines={8} />
  return (
    <>
      <div className={table['head']}>
        <p>{t('admin.users.lead')}</p>
        <Button look="primary" onClick={() => setEditing('new')}>
          {t('admin.users.add')}
        </Button>
      </div>
      {activate.isError && <ProblemNotice problem={activate.error} />}
      <DataTable
        label={t('admin.tab.users')}
        rows={users.data}
        keyOf={({ id }) => id}
        columns={[
          { heading: t('admin.users.name'), render: ({ name }) => name },
          { heading: t('admin.users.email'), render: ({ email }) => email },
          { heading: t('admin.users.role'), render: ({ role }) => t(`account.role.${role}`) },
          { heading: t('admin.users.languages'), render: ({ languages }) => languages.join(', ') },
          { heading: t('admin.users.skills'), render: ({ skills }) => skills.join(', ') },
          {
            heading: t('admin.users.state'),
            render: ({ active }) => <Badge tone={active ? 'good' : 'neutral'}>{t(active ? 'admin.users.active' : 'admin.users.inactive')}</Badge>,
          },
          {
            heading: t('admin.users.actions'),
            render: (user) => (
              <div className={table['actions']}>
                <Button aria-label={`${t('admin.users.edit')}: ${user.name}`} onClick={() => setEditing(user)}>
                  {t('admin.users.edit')}
                </Button>
                <Button
                  aria-label={`${t(user.active ? 'admin.users.deactivate' : 'admin.users.activate')}: ${user.name}`}
                  busy={activate.isPending && activate.variables.id === user.id}
                  onClick={() => activate.mutate({ id: user.id, active: !user.active })}
                >
                  {t(user.active ? 'admin.users.deactivate' : 'admin.users.activate')}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {editing !== undefined && <UserForm user={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}
