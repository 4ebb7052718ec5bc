import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Route, Switch } from 'wouter'
import type { User } from './api/session'
import { ErrorBoundary } from './design/ErrorBoundary'
import { Skeleton } from './design/Skeleton'
import { EmptyState } from './design/EmptyState'
import { ConnectionBanner } from './desk/ConnectionBanner'
import { DeskPage } from './desk/DeskPage'
import { OfferDialog } from './desk/OfferDialog'
import { PresenceControl } from './desk/PresenceControl'
import { SupervisorBar } from './monitoring/SupervisorBar'
import { pagesOf } from './shell/pages'
import { TopBar } from './shell/TopBar'
import styles from './Pages.module.css'

// An agent's desk must be there at once and needs none of these.
const AdminPage = lazy(async () => ({ default: (await import('./admin/AdminPage')).AdminPage }))
const ApprovalsPage = lazy(async () => ({ default: (await import('./approvals/ApprovalsPage')).ApprovalsPage }))
const CasePage = lazy(async () => ({ default: (await import('./histories/CasePage')).CasePage }))
const DiallingPage = lazy(async () => ({ default: (await import('./dialling/DiallingPage')).DiallingPage }))
const DisclosuresPage = lazy(async () => ({ default: (await import('./disclosures/DisclosuresPage')).DisclosuresPage }))
const GuidancePage = lazy(async () => ({ default: (await import('./guidance/GuidancePage')).GuidancePage }))
const DisputePage = lazy(async () => ({ default: (await import('./disputes/DisputePage')).DisputePage }))
const DisputesPage = lazy(async () => ({ default: (await import('./disputes/DisputesPage')).DisputesPage }))
const HistoriesPage = lazy(async () => ({ default: (await import('./histories/HistoriesPage')).HistoriesPage }))
const RetentionPage = lazy(async () => ({ default: (await import('./retention/RetentionPage')).RetentionPage }))
const RulesPage = lazy(async () => ({ default: (await import('./rules/RulesPage')).RulesPage }))
const RoutingPage = lazy(async () => ({ default: (await import('./routing/RoutingPage')).RoutingPage }))
const PlaybookPage = lazy(async () => ({ default: (await import('./playbook/PlaybookPage')).PlaybookPage }))
const OwnReviewsPage = lazy(async () => ({ default: (await import('./quality/OwnReviewsPage')).OwnReviewsPage }))
const QualityPage = lazy(async () => ({ default: (await import('./quality/QualityPage')).QualityPage }))
const ReviewPage = lazy(async () => ({ default: (await import('./quality/ReviewPage')).ReviewPage }))
const HelpCasePage = lazy(async () => ({ default: (await import('./transferHelp/HelpCasePage')).HelpCasePage }))
const TransferHelpPage = lazy(async () => ({ default: (await import('./transferHelp/TransferHelpPage')).TransferHelpPage }))
const WallboardPage = lazy(async () => ({ default: (await import('./wallboard/WallboardPage')).WallboardPage }))

export function Pages({ user, start, onSignOut }: { user: User; start: string; onSignOut: () => void }) {
  const { t } = useTranslation()
  const may = pagesOf(user.role)
  return (
    <div className={styles['frame']}>
      <TopBar user={user} onSignOut={onSignOut}>
        <PresenceControl />
      </TopBar>
      <ErrorBoundary>
        <Suspense fallback={<Skeleton lines={8} />}>
          <Switch>
            {may.includes('desk') && <Route path="/desk" component={DeskPage} />}
            {may.includes('wallboard') && <Route path="/wallboard" component={WallboardPage} />}
            {may.includes('histories') && <Route path="/histories" component={HistoriesPage} />}
            {may.includes('histories') && <Route path="/histories/:caseId" component={CasePage} />}
            {may.includes('approvals') && <Route path="/approvals" component={ApprovalsPage} />}
            {may.includes('disputes') && <Route path="/disputes" component={DisputesPage} />}
            {may.includes('disputes') && <Route path="/disputes/:caseId" component={DisputePage} />}
            {may.includes('disputes') && <Route path="/transfer-help" component={TransferHelpPage} />}
            {may.includes('disputes') && <Route path="/transfer-help/:caseId" component={HelpCasePage} />}
            {may.includes('dialling') && (
              <Route path="/dialling">
                <DiallingPage mayChange={user.role !== 'compliance'} />
              </Route>
            )}
            {may.includes('disclosures') && (
              <Route path="/disclosures">
                <DisclosuresPage mayEnter={user.role === 'compliance'} />
              </Route>
            )}
            {may.includes('guidance') && <Route path="/guidance" component={GuidancePage} />}
            {may.includes('quality') && <Route path="/quality/:tab?" component={QualityPage} />}
            {user.role === 'supervisor' && <Route path="/quality/reviews/:reviewId" component={ReviewPage} />}
            {may.includes('reviews') && <Route path="/reviews" component={OwnReviewsPage} />}
            {may.includes('routing') && <Route path="/routing/:tab?" component={RoutingPage} />}
            {may.includes('retention') && <Route path="/retention" component={RetentionPage} />}
            {may.includes('rules') && <Route path="/rules/:tab?" component={RulesPage} />}
            {may.includes('playbook') && <Route path="/playbook" component={PlaybookPage} />}
            {may.includes('admin') && <Route path="/admin/:tab?" component={AdminPage} />}
            <Route>
              <main id="content">
                <EmptyState title={t('notFound.title')}>
                  <Link href={start}>{t('notFound.back')}</Link>
                </EmptyState>
              </main>
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
      {user.role === 'supervisor' && <SupervisorBar />}
      <OfferDialog />
      <ConnectionBanner />
    </div>
  )
}
