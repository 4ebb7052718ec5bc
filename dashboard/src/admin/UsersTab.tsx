import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { admin } from '../api/admin'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { Loaded } from '../design/Loaded'
import table from '../design/Table.module.css'
import { InviteForm } from './InviteForm'
import { UserDialog } from './UserDialog'
import { UserState } from './UserState'

/** Who may sign in, who was invited, and where they are signed in. */
export function UsersTab() {
  const { t } = useTranslation()
  const users = useQuery({ queryKey: ['users'], queryFn: admin.users })
  const [inviting, setInviting] = useState(false)
  const [editing, setEditing] = useState<string>()
  return (
    <Loaded query={users} lines={8}>
      {(rows) => {
        const user = rows.find(({ id }) => id === editing)
        return (
          <>
            <div className={table['head']}>
              <p>{t('admin.users.lead')}</p>
              <Button look="primary" onClick={() => setInviting(true)}>
                {t('admin.users.add')}
              </Button>
            </div>
            <DataTable
              label={t('admin.tab.users')}
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                { heading: t('admin.users.name'), render: ({ name }) => name },
                { heading: t('admin.users.email'), render: ({ email }) => email },
                { heading: t('admin.users.role'), render: ({ role }) => t(`account.role.${role}`) },
                { heading: t('admin.users.languages'), render: ({ languages }) => languages.join(', ') },
                { heading: t('admin.users.sessions'), render: ({ sessions }) => sessions },
                { heading: t('admin.users.state'), render: (one) => <UserState user={one} /> },
                {
                  heading: t('admin.users.actions'),
                  render: ({ id, name }) => (
                    <Button aria-label={`${t('admin.users.edit')}: ${name}`} onClick={() => setEditing(id)}>
                      {t('admin.users.edit')}
                    </Button>
                  ),
                },
              ]}
            />
            {inviting && <InviteForm onClose={() => setInviting(false)} />}
            {user !== undefined && <UserDialog key={user.version} user={user} onClose={() => setEditing(undefined)} />}
          </>
        )
      }}
    </Loaded>
  )
}
