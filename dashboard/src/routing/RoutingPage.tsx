import { useTranslation } from 'react-i18next'
import { TabbedPage } from '../design/TabbedPage'
import { AgentsTab } from './AgentsTab'
import { QueuesTab } from './QueuesTab'
import { TeamsTab } from './TeamsTab'

/** Who is to have which case. */
export function RoutingPage() {
  const { t } = useTranslation()
  return (
    <TabbedPage
      title={t('nav.routing')}
      path="/routing"
      tabs={[
        { name: 'queues', label: t('routing.tab.queues'), Content: QueuesTab },
        { name: 'agents', label: t('routing.tab.agents'), Content: AgentsTab },
        { name: 'teams', label: t('routing.tab.teams'), Content: TeamsTab },
      ]}
    />
  )
}
