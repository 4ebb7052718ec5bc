import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { session, type User } from '../api/session'
import { Button } from '../design/Button'
import { Loaded } from '../design/Loaded'
import { useFormat } from '../design/useFormat'
import { ChoosePassword } from './ChoosePassword'
import { Door } from './Door'
import styles from './SignIn.module.css'
import { useSignedIn } from './useSession'

/** Where the link leads that an administrator hands over; its secret stands behind the `#`. */
export function Welcome() {
  const { t } = useTranslation()
  const format = useFormat()
  const signedIn = useSignedIn()
  const [, navigate] = useLocation()
  const [link] = useState(() => window.location.hash.slice(1))
  const owner = useQuery({ queryKey: ['session', 'link'], queryFn: () => session.ownerOfLink(link), retry: false, staleTime: Infinity, gcTime: 0 })

  function enter(user: User): void {
    navigate('/', { replace: true })
    signedIn(user)
  }

  return (
    <Door>
      <h1>{t('welcome.title')}</h1>
      <Loaded query={owner} lines={3}>
        {({ name, email, role, first, expiresAt }) => (
          <>
            <p className={styles['lead']}>
              {t(first ? 'welcome.first' : 'welcome.again', { name, email, role: t(`account.role.${role}`) })}{' '}
              {t('welcome.until', { until: format.dateTime(expiresAt) })}
            </p>
            <ChoosePassword link={link} email={email} onChosen={enter} />
          </>
        )}
      </Loaded>
      {owner.isError && <Button onClick={() => navigate('/', { replace: true })}>{t('welcome.toSignIn')}</Button>}
    </Door>
  )
}
