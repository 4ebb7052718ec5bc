import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { admin, type StaffAccount } from '../api/admin'
import { Button } from '../design/Button'
import { ProblemNotice } from '../design/ProblemNotice'
import table from '../design/Table.module.css'
import { useFormat } from '../design/useFormat'
import { ShownOnce } from './ShownOnce'

/** How somebody gets in: their link, and where they are signed in. */
export function UserAccess({ user, onSignOut }: { user: StaffAccount; onSignOut: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['users'] })
  const make = useMutation({ mutationFn: () => admin.makeLink(user.id), onSuccess })
  const cancel = useMutation({ mutationFn: () => admin.cancelLink(user.id), onSuccess })
  const hasPassword = user.waysIn.includes('password')
  return (
    <section className={table['form']} aria-label={t('admin.users.access')}>
      <h3>{t('admin.users.access')}</h3>
      {make.data !== undefined ? (
        <ShownOnce lead={t('admin.users.linkOnce', { until: format.dateTime(make.data.expiresAt) })} secret={make.data.link} onKept={() => make.reset()} />
      ) : (
        <>
          <p>
            {user.link === null
              ? t(hasPassword ? 'admin.users.hasPassword' : 'admin.users.noPassword')
              : t('admin.users.linkUntil', { until: format.dateTime(user.link.expiresAt) })}{' '}
            {t('admin.users.signedIn', { count: user.sessions })}
          </p>
          {(make.isError || cancel.isError) && <ProblemNotice problem={make.error ?? cancel.error} />}
          <div className={table['actions']}>
            <Button busy={make.isPending} onClick={() => make.mutate()}>
              {t('admin.users.makeLink')}
            </Button>
            {user.link !== null && (
              <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
                {t('admin.users.cancelLink')}
              </Button>
            )}
            <Button look="danger" onClick={onSignOut}>
              {t('admin.users.signOut')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
