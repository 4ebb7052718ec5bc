import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button } from '../design/Button'
import { Icon } from '../design/Icon'
import { useDesk, useLine } from '../desk/DeskProvider'
import { SoundStrip } from '../desk/SoundStrip'
import { useWallboard } from '../wallboard/useWallboard'
import { MonitorControls } from './MonitorControls'
import styles from './SupervisorBar.module.css'
import { monitoringKey, useMonitoring } from './useMonitoring'

/** For supervisors, on every page: agents who ask for help, and the call that they are in. */
export function SupervisorBar() {
  const { t } = useTranslation()
  const { line } = useDesk()
  const leg = useLine()
  const queries = useQueryClient()
  const { board } = useWallboard()
  const { monitoring, userId, join, leave } = useMonitoring()
  const caseId = monitoring?.caseId
  const calls = board?.cases ?? []
  const mine = calls.find((each) => each.caseId === caseId)
  const asking = calls.filter(({ help, agent }) => help !== null && help.answeredBy === null && agent?.id !== userId)
  const told = calls.find(({ monitors }) => monitors.some(({ id }) => id === userId))?.monitors.find(({ id }) => id === userId)?.mode

  // After a reload, and with a line that broke: we are on record in this call, so we hear it.
  useEffect(() => {
    if (caseId !== undefined && line.snapshot().caseId !== caseId) void line.connect(caseId)
  }, [caseId, line])
  // The call has ended, or another window has changed how we are in it.
  useEffect(() => void queries.invalidateQueries({ queryKey: monitoringKey }), [told, leg.line, queries])

  if (asking.length === 0 && !monitoring) return null
  return (
    <aside className={styles['bar']} aria-label={monitoring ? t('live.monitor.bar') : t('live.help.alerts')}>
      <div role="alert">
        <ul className={styles['asking']}>
          {asking.map((call) => (
            <li key={call.caseId}>
              <Icon name="warning" />
              <span>
                <strong>{t('live.help.asks', { agent: call.agent?.name ?? t('nobody') })}</strong> · {call.help?.reason ?? t('live.help.noReason')}
              </span>
              <Button look="primary" onClick={() => void join(call.caseId, 'whisper')}>
                {t('live.monitor.whisper')}
              </Button>
              <Button onClick={() => void join(call.caseId, 'listen')}>{t('live.monitor.listen')}</Button>
              <Link href={`/histories/${call.caseId}`}>{t('supervision.wallboard.case')}</Link>
            </li>
          ))}
        </ul>
      </div>
      {monitoring && (
        <div className={styles['call']}>
          <p>
            <strong>{mine?.agent ? t('live.monitor.ofAgent', { agent: mine.agent.name }) : t('live.monitor.ofNobody')}</strong>{' '}
            <span role="status">{t(`live.monitor.heardBy.${monitoring.mode}`)}</span>{' '}
            <span data-line={leg.line}>
              {t('desk.call.you')}: {t(`desk.call.line.${leg.line}`)}
            </span>
          </p>
          {mine?.live ? <MonitorControls call={mine} /> : <Button onClick={() => void leave(monitoring.caseId)}>{t('live.monitor.leave')}</Button>}
          {(leg.line === 'failed' || leg.line === 'closed') && <Button onClick={() => void line.connect(monitoring.caseId)}>{t('desk.call.rejoin')}</Button>}
          <Button aria-pressed={leg.muted} disabled={leg.line !== 'open'} onClick={() => void line.mute(!leg.muted)}>
            {leg.muted ? t('desk.call.unmute') : t('desk.call.mute')}
          </Button>
          <SoundStrip />
        </div>
      )}
    </aside>
  )
}
