import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { useProblemText } from '../design/ProblemNotice'
import { clockTime } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import { useNow } from '../design/useNow'
import styles from './CallBar.module.css'
import { useDeskSnapshot, useLine } from './DeskProvider'
import { HelpButton } from './HelpButton'
import { RecordingButton } from './RecordingButton'
import { SoundStrip } from './SoundStrip'
import { ThirdPartyButton } from './ThirdPartyButton'
import { ThirdPartyState } from './ThirdPartyState'
import { TransferControls } from './TransferControls'
import { useCaseCall } from './useCaseCall'

/** The call in words, its clock, and its three levers; stays in sight while the page scrolls. */
export function CallBar({ caseId }: { caseId: string }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { call } = useDeskSnapshot()
  const leg = useLine()
  const control = useCaseCall(caseId)
  const { state } = control
  const now = useNow()
  const [sure, setSure] = useState(false)
  const talking = state.word === 'answered' || state.word === 'onTheLine' || state.word === 'held'
  const connected = leg.line === 'open'

  useEffect(() => {
    if (!sure) return
    const timer = setTimeout(() => setSure(false), 3_000)
    return () => clearTimeout(timer)
  }, [sure])

  function hangUp(): void {
    if (!state.live) return
    if (sure) control.hangUp()
    setSure(!sure)
  }
  useKeys({ m: () => connected && control.mute(), h: () => talking && control.hold(), x: hangUp })

  const outcome = call?.status === 'ended' && call.outcome !== null ? t(`terms.attemptOutcome.${call.outcome}`) : null
  return (
    <section className={styles['bar']} aria-label={t('desk.call.label')} data-word={state.word}>
      <div className={styles['state']} role="status">
        <span className={styles['lamp']} aria-hidden />
        <strong className={styles['word']}>{t(`desk.call.state.${state.word}`)}</strong>
        {outcome !== null && <span>· {outcome}</span>}
      </div>
      <span className={styles['timer']} role="timer">
        {state.from !== null && clockTime((state.to === null ? now : Date.parse(state.to)) - Date.parse(state.from))}
      </span>
      <span className={styles['detail']}>
        {call !== null && `${call.phone} · ${t('desk.call.attempt', { number: call.number })} · ${t(`terms.mode.${call.mode}`)}`}
      </span>
      {call !== null && state.live && Boolean(call.passPhrase) && (
        <strong className={styles['detail']}>{t('desk.call.passPhrase', { words: call.passPhrase })}</strong>
      )}
      <span className={styles['own']} data-line={leg.line}>
        {t('desk.call.you')}: {t(`desk.call.line.${leg.line}`)}
        {leg.muted && connected && `, ${t('desk.call.muted')}`}
      </span>
      <div className={styles['levers']}>
        {(leg.line === 'failed' || leg.line === 'closed') && state.live && <Button onClick={control.rejoin}>{t('desk.call.rejoin')}</Button>}
        <Button hint="M" aria-pressed={leg.muted} disabled={!connected} onClick={control.mute}>
          {leg.muted ? t('desk.call.unmute') : t('desk.call.mute')}
        </Button>
        <Button hint="H" aria-pressed={control.held} disabled={!talking} onClick={control.hold}>
          {control.held ? t('desk.call.resume') : t('desk.call.hold')}
        </Button>
        <TransferControls caseId={caseId} call={call} talking={talking} />
        <ThirdPartyButton caseId={caseId} call={call} talking={talking} />
        <RecordingButton caseId={caseId} call={call} />
        <HelpButton caseId={caseId} call={call} talking={talking} />
        <Button className={styles['hangUp']} look={sure ? 'danger' : 'plain'} hint="X" disabled={!state.live} onClick={hangUp}>
          {sure ? t('desk.call.hangUpSure') : t('desk.call.hangUp')}
        </Button>
      </div>
      <SoundStrip />
      {call !== null && state.live && <ThirdPartyState caseId={caseId} call={call} />}
      {call?.supervisor && call.supervisor.mode !== 'listen' && (
        <p className={styles['company']} role="status">
          {t(call.supervisor.mode === 'whisper' ? 'live.help.whispers' : 'live.help.barges', { name: call.supervisor.name })}
        </p>
      )}
      {(control.problem !== undefined || leg.problem !== null) && (
        <p className={styles['problem']} role="alert">
          {t('desk.call.failed', { detail: control.problem === undefined ? (leg.problem ?? '') : tell(control.problem) })}
        </p>
      )}
    </section>
  )
}
