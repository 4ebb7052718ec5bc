import { useTranslation } from 'react-i18next'
import { TabbedPage, type Tab } from '../design/TabbedPage'
import { useSession } from '../session/useSession'
import { ResultsTab } from './ResultsTab'
import { ReviewsTab } from './ReviewsTab'
import { ScorecardsTab } from './ScorecardsTab'

/** Reviews of calls: supervisors score and compose, compliance reads what came of it. */
export function QualityPage() {
  const { t } = useTranslation()
  const mayReview = useSession().data?.role === 'supervisor'
  const results: Tab = { name: 'results', label: t('quality.tab.results'), Content: ResultsTab }
  const scorecards: Tab = { name: 'scorecards', label: t('quality.tab.scorecards'), Content: ScorecardsTab }
  return (
    <TabbedPage
      title={t('nav.quality')}
      path="/quality"
      tabs={mayReview ? [{ name: 'reviews', label: t('quality.tab.reviews'), Content: ReviewsTab }, results, scorecards] : [results, scorecards]}
    />
  )
}
