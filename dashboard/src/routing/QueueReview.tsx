import { useTranslation } from 'react-i18next'
import type { QueueForecast, QueueSettings, Team } from '../api/routing'
import { Button } from '../design/Button'
import { Modal } from '../design/Modal'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import styles from './Routing.module.css'
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
  const old = new Map(before === undefined ? [] : text.all(before))
  const changes = text.all(after).filter(([name, value]) => old.get(name) !== value)
  return (
    <Modal open title={t('routing.queues.reviewTitle')} onClose={onCancel}>
      <p>{t('routing.queues.reviewLead')}</p>
      {changes.length === 0 ? (
        <Notice>{t('routing.nothing')}</Notice>
      ) : (
        <table className={styles['changes']}>
          <thead>
            <tr>
              <th scope="col">{t('admin.policy.name')}</th>
              <th scope="col">{t('routing.before')}</th>
              <th scope="col">{t('routing.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <del>{old.get(name) ?? '–'}</del>
                </td>
                <td>
                  <ins>{value}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>{t('routing.queues.forecastCases', { count: forecast.waitingCases })}</p>
      <table className={styles['changes']}>
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
      {forecast.stages.at(-1)?.agents === 0 && (
        <Notice tone="warn" urgent>
          {t('routing.queues.nobody')}
        </Notice>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
      <div className={styles['foot']}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button look="primary" busy={busy} onClick={onSave}>
          {t('routing.save')}
        </Button>
      </div>
    </Modal>
  )
}
