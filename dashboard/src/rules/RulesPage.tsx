import { useTranslation } from 'react-i18next'
import { TabbedPage } from '../design/TabbedPage'
import { NumbersTab } from './NumbersTab'
import { ScriptsTab } from './ScriptsTab'

/** What is said in calls, and from which numbers. */
export function RulesPage() {
  const { t } = useTranslation()
  return (
    <TabbedPage
      title={t('nav.rules')}
      path="/rules"
      tabs={[
        { name: 'scripts', label: t('rules.tab.scripts'), Content: ScriptsTab },
        { name: 'numbers', label: t('rules.tab.numbers'), Content: NumbersTab },
      ]}
    />
  )
}
