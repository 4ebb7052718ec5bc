import { useTranslation } from 'react-i18next'
import { Link, Route, Switch } from 'wouter'
import type { User } from './api/session'
import { EmptyState } from './design/EmptyState'
import { ConnectionBanner } from './desk/ConnectionBanner'
import { DeskPage } from './desk/DeskPage'
import { OfferDialog } from './desk/OfferDialog'
import { PresenceControl } from './desk/PresenceControl'
import { pagesOf } from './shell/pages'
import { TopBar } from './shell/TopBar'

export function Pages({ user, start, onSignOut }: { user: User; start: string; onSignOut: () => void }) {
  const { t } = useTranslation()
  const may = pagesOf(user.role)
  return (
    <>
      <TopBar user={user} onSignOut={onSignOut}>
        <PresenceControl />
      </TopBar>
      <Switch>
        {may.includes('desk') && <Route path="/desk" component={DeskPage} />}
        <Route>
          <main id="content">
            <EmptyState title={t('notFound.title')}>
              <Link href={start}>{t('notFound.back')}</Link>
            </EmptyState>
          </main>
        </Route>
      </Switch>
      <OfferDialog />
      <ConnectionBanner />
    </>
  )
}
