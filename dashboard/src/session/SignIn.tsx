import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { session } from '../api/session'
import { Notice } from '../design/Notice'
import { Skeleton } from '../design/Skeleton'
import { Door } from './Door'
import { PasswordForm } from './PasswordForm'
import styles from './SignIn.module.css'
import { SingleSignOn } from './SingleSignOn'

/** What the server offers: single sign-on first where there is one, a password where they are in use. */
export function SignIn({ expired }: { expired: boolean }) {
  const { t } = useTranslation()
  const { data, isPending } = useQuery({ queryKey: ['session', 'ways'], queryFn: session.waysToSignIn, staleTime: Infinity, retry: 1 })
  // A server that does not say is asked with a password; the form tells what is wrong with it.
  const ways = data ?? { password: true, singleSignOn: false }
  return (
    <Door>
      <div>
        <h1>{t('signIn.title')}</h1>
        <p className={styles['lead']}>{t('signIn.lead')}</p>
      </div>
      {expired && <Notice tone="info">{t('signIn.expired')}</Notice>}
      {isPending ? (
        <Skeleton />
      ) : (
        <>
          {ways.singleSignOn && <SingleSignOn />}
          {ways.singleSignOn && ways.password && <p className={styles['or']}>{t('signIn.or')}</p>}
          {ways.password && <PasswordForm plain={ways.singleSignOn} />}
        </>
      )}
    </Door>
  )
}
