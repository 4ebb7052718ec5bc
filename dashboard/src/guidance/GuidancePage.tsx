import { useTranslation } from 'react-i18next'
import { GuidanceReportCard } from './GuidanceReportCard'
import styles from './GuidancePage.module.css'

export function GuidancePage() {
  const { t } = useTranslation()
  return (
    <main id="content" className={styles['page']}>
      <h1>{t('nav.guidance')}</h1>
      <GuidanceReportCard />
    </main>
  )
}
