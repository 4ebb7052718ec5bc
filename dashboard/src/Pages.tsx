import { useTranslation } from 'react-i18next'
import { Link, Route, Switch } from 'wouter'
import { AdminPage } from './admin/AdminPage'
import type { User } from './api/session'
import { EmptyState } from './design/EmptyState'
import { ConnectionBanner } from './desk/ConnectionBanner'
import { DeskPage } from './desk/DeskPage'
import { OfferDialog } from './desk/OfferDialog'
import { PresenceControl } from './desk/PresenceControl'
import { CasePage } from './histories/CasePage'
import { HistoriesPage } from './histories/HistoriesPage'
import { pagesOf } from './shell/pages'
import { TopBar } from './shell/TopBar'
import { WallboardPage } from './wallboard/WallboardPage'

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
        {may.includes('wallboard') && <Route path="/wallboard" component={WallboardPage} />}
        {may.includes('histories') && <Route path="/histories" component={HistoriesPage} />}
        {may.includes('histories') && <Route path="/histories/:caseId" component={CasePage} />}
        {may.includes('admin') && <Route path="/admin/:tab?" component={AdminPage} />}
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
