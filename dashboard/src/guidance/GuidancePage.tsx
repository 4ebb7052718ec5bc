import { useTranslation } from 'react-i18next'
import { Page } from '../design/Page'
import { GuidanceReportCard } from './GuidanceReportCard'

export function GuidancePage() {
  const { t } = useTranslation()
  return (
    <Page title={t('nav.guidance')}>
      <GuidanceReportCard />
    </Page>
  )
}
