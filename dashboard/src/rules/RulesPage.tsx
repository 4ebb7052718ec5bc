import { useTranslation } from 'react-i18next'
import { TabbedPage } from '../design/TabbedPage'
import { DirectoryTab } from './DirectoryTab'
import { NumbersTab } from './NumbersTab'
import { ScriptsTab } from './ScriptsTab'

/** What is said in calls, from which numbers, and who may be brought in. */
export function RulesPage() {
  const { t } = useTranslation()
  return (
    <TabbedPage
      title={t('nav.rules')}
      path="/rules"
      tabs={[
        { name: 'scripts', label: t('rules.tab.scripts'), Content: ScriptsTab },
        { name: 'numbers', label: t('rules.tab.numbers'), Content: NumbersTab },
        { name: 'directory', label: t('rules.tab.directory'), Content: DirectoryTab },
      ]}
    />
  )
}
