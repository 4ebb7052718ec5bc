import { useTranslation } from 'react-i18next'
import type { QueueForecast, QueueSettings, Team } from '../api/routing'
import { changesInWords } from '../review/changes'
import changesTable from '../review/Changes.module.css'
import { ReviewDialog } from '../review/ReviewDialog'
import { useQueueText } from './useQueueText'

interface QueueReviewProps {
  before: QueueSettings | undefined
  after: QueueSettings
  forecast: QueueForecast
  teams: readonly Team[]
  busy: boolean
  problem: unknown
  onCancel: () => void
  onSave: () => void
}

/** What the change is and what it will do, before it is in force. */
export function QueueReview({ before, after, forecast, teams, busy, problem, onCancel, onSave }: QueueReviewProps) {
  const { t } = useTranslation()
  const text = useQueueText(teams)
  const inWords = (settings: QueueSettings | undefined) => Object.fromEntries(settings === undefined ? [] : text.all(settings))
  return (
    <ReviewDialog
      title={t('routing.queues.reviewTitle')}
      lead={t('routing.queues.reviewLead')}
      changes={changesInWords(inWords(before), inWords(after))}
      warning={forecast.stages.at(-1)?.agents === 0 ? t('routing.queues.nobody') : undefined}
      busy={busy}
      problem={problem}
      onCancel={onCancel}
      onSave={onSave}
    >
      <p>{t('routing.queues.forecastCases', { count: forecast.waitingCases })}</p>
      <table className={changesTable['changes']}>
        <thead>
          <tr>
            <th scope="col">{t('routing.queues.steps')}</th>
            <th scope="col">{t('routing.queues.agents')}</th>
            <th scope="col">{t('routing.queues.availableNow')}</th>
          </tr>
        </thead>
        <tbody>
          {forecast.stages.map(({ afterSeconds, agents, availableNow }) => (
            <tr key={afterSeconds}>
              <th scope="row">{text.when(afterSeconds)}</th>
              <td>{agents}</td>
              <td>{availableNow}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ReviewDialog>
  )
}
