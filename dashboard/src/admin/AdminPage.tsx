import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import styles from './AdminPage.module.css'
import { EventsTab } from './EventsTab'
import { KeysTab } from './KeysTab'
import { PolicyTab } from './PolicyTab'
import { UsersTab } from './UsersTab'

const tabs = { policy: PolicyTab, users: UsersTab, keys: KeysTab, events: EventsTab } as const
type Tab = keyof typeof tabs
const names = Object.keys(tabs) as Tab[]

export function AdminPage() {
  const { t } = useTranslation()
  const { tab } = useParams<{ tab?: string }>()
  const current = names.find((name) => name === tab) ?? 'policy'
  const Content = tabs[current]
  return (
    <main id="content" className={styles['page']}>
      <h1>{t('nav.admin')}</h1>
      <nav className={styles['tabs']} aria-label={t('nav.admin')}>
        {names.map((name) => (
          <Link key={name} href={`/admin/${name}`} aria-current={name === current ? 'page' : undefined}>
            {t(`admin.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <Content />
    </main>
  )
}
