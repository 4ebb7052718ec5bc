import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { monitoringModes } from '../../../domain/monitoring'
import type { Wallboard } from '../api/supervision'
import { Button } from '../design/Button'
import { useProblemText } from '../design/ProblemNotice'
import styles from './MonitorControls.module.css'
import { useMonitoring } from './useMonitoring'

/** What a supervisor may do with one call that goes on; nothing for anybody else. */
export function MonitorControls({ call }: { call: Wallboard['cases'][number] }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { may, userId, monitoring, busy, problem, join, leave, takeOver } = useMonitoring()
  const [sure, setSure] = useState(false)
  useEffect(() => {
    if (!sure) return
    const timer = setTimeout(() => setSure(false), 3_000)
    return () => clearTimeout(timer)
  }, [sure])
  if (!may || !call.live || call.agent?.id === userId) return null

  const mode = monitoring?.caseId === call.caseId ? monitoring.mode : null
  const others = call.monitors.filter(({ id }) => id !== userId)
  return (
    <div className={styles['controls']} role="group" aria-label={t('live.monitor.label', { agent: call.agent?.name ?? t('nobody') })}>
      {monitoringModes.map((each) => (
        <Button key={each} aria-pressed={mode === each} busy={busy} onClick={() => void join(call.caseId, each)}>
          {t(`live.monitor.${each}`)}
        </Button>
      ))}
      <Button
        look={sure ? 'danger' : 'plain'}
        className={styles['takeOver']}
        busy={busy}
        onClick={() => {
          if (sure) void takeOver(call.caseId)
          setSure(!sure)
        }}
      >
        {sure ? t('live.monitor.takeOverSure') : t('live.monitor.takeOver')}
      </Button>
      {mode !== null && (
        <Button look="quiet" busy={busy} onClick={() => void leave(call.caseId)}>
          {t('live.monitor.leave')}
        </Button>
      )}
      {others.map((each) => (
        <span key={each.id} className={styles['other']}>
          {t('live.monitor.others', { name: each.name, mode: t(`live.monitor.${each.mode}`) })}
        </span>
      ))}
      {problem !== undefined && (
        <p className={styles['problem']} role="alert">
          {t('live.monitor.failed', { detail: tell(problem) })}
        </p>
      )}
    </div>
  )
}
