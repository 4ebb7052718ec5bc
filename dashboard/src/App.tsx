import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { onSignedOut } from './api/request'
import { session, type User } from './api/session'
import { ProblemNotice } from './design/ProblemNotice'
import { Skeleton } from './design/Skeleton'
import { DeskProvider } from './desk/DeskProvider'
import { takePageBefore } from './session/pageBefore'
import { SignIn } from './session/SignIn'
import { Welcome } from './session/Welcome'
import { useSession, useSignedIn } from './session/useSession'
import { pagesOf } from './shell/pages'
import { Pages } from './Pages'
import styles from './App.module.css'

export function App() {
  const { t } = useTranslation()
  const { data: user, error, refetch } = useSession()
  const signedIn = useSignedIn()
  const [expired, setExpired] = useState(false)
  const [location] = useLocation()

  useEffect(
    () =>
      onSignedOut(() => {
        setExpired(true)
        signedIn(null)
      }),
    [signedIn],
  )
  useEffect(() => {
    document.title = t('product')
  }, [t])

  if (location === '/welcome') return <Welcome />
  if (error)
    return (
      <main className={styles['alone']}>
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      </main>
    )
  if (user === undefined)
    return (
      <main className={styles['alone']}>
        <Skeleton />
      </main>
    )
  if (user === null) return <SignIn expired={expired} />
  return (
    <SignedIn
      user={user}
      onSignOut={() => {
        setExpired(false)
        // Even when the server can't be reached nobody else shall see this person's pages.
        void session
          .signOut()
          .catch((cause: unknown) => console.warn('sign-out did not reach the server', cause))
          .then((continueAt) => (continueAt ? window.location.assign(continueAt) : signedIn(null)))
      }}
    />
  )
}

function SignedIn({ user, onSignOut }: { user: User; onSignOut: () => void }) {
  const [location, navigate] = useLocation()
  const start = `/${pagesOf(user.role)[0]}`
  useEffect(() => {
    if (location === '/' || location === '/sign-in') navigate(takePageBefore() ?? start, { replace: true })
  }, [location, navigate, start])
  return (
    <DeskProvider>
      <Pages user={user} start={start} onSignOut={onSignOut} />
    </DeskProvider>
  )
}
