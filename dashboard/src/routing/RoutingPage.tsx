import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import styles from '../admin/AdminPage.module.css'
import { AgentsTab } from './AgentsTab'
import { QueuesTab } from './QueuesTab'
import { TeamsTab } from './TeamsTab'

const tabs = { queues: QueuesTab, agents: AgentsTab, teams: TeamsTab } as const
type Tab = keyof typeof tabs
const names = Object.keys(tabs) as Tab[]

/** Who is to have which case. */
export function RoutingPage() {
  const { t } = useTranslation()
  const { tab } = useParams<{ tab?: string }>()
  const current = names.find((name) => name === tab) ?? 'queues'
  const Content = tabs[current]
  return (
    <main id="content" className={styles['page']}>
      <h1>{t('nav.routing')}</h1>
      <nav className={styles['tabs']} aria-label={t('nav.routing')}>
        {names.map((name) => (
          <Link key={name} href={`/routing/${name}`} aria-current={name === current ? 'page' : undefined}>
            {t(`routing.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <Content />
    </main>
  )
}
