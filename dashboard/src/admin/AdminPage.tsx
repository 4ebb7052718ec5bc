import { useTranslation } from 'react-i18next'
import { TabbedPage } from '../design/TabbedPage'
import { EventsTab } from './EventsTab'
import { KeysTab } from './KeysTab'
import { PolicyTab } from './PolicyTab'
import { UsersTab } from './UsersTab'

export function AdminPage() {
  const { t } = useTranslation()
  return (
    <TabbedPage
      title={t('nav.admin')}
      path="/admin"
      tabs={[
        { name: 'policy', label: t('admin.tab.policy'), Content: PolicyTab },
        { name: 'users', label: t('admin.tab.users'), Content: UsersTab },
        { name: 'keys', label: t('admin.tab.keys'), Content: KeysTab },
        { name: 'events', label: t('admin.tab.events'), Content: EventsTab },
      ]}
    />
  )
}
