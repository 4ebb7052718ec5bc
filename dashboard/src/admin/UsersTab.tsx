import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { admin, type StaffAccount } from '../api/admin'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { ProblemNotice } from '../design/ProblemNotice'
import { ScrollArea } from '../design/ScrollArea'
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
      <ScrollArea className={table['frame']} label={t('admin.tab.users')}>
        <table className={table['table']}>
          <thead>
            <tr>
              {(['name', 'email', 'role', 'languages', 'skills', 'state', 'actions'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`admin.users.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {users.data.map((user) => (
              <tr key={user.id}>
                <td>{user.name}</td>
                <td>{user.email}</td>
                <td>{t(`account.role.${user.role}`)}</td>
                <td>{user.languages.join(', ')}</td>
                <td>{user.skills.join(', ')}</td>
                <td>
                  <Badge tone={user.active ? 'good' : 'neutral'}>{t(user.active ? 'admin.users.active' : 'admin.users.inactive')}</Badge>
                </td>
                <td>
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
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {editing !== undefined && <UserForm user={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}
