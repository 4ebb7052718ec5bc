import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk, type Call } from '../api/desk'
import { Button } from '../design/Button'
import { useProblemText } from '../design/ProblemNotice'
import { clockTime } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import { useNow } from '../design/useNow'
import styles from './RecordingButton.module.css'

/** A pause that lasts longer was most likely forgotten. */
const remindAfterMillis = 45_000

/** Pauses the recording while card data is spoken, and reminds of going on. */
export function RecordingButton({ caseId, call }: { caseId: string; call: Call | null }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const now = useNow()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const recording = call?.status === 'ended' ? null : (call?.recording ?? null)
  const paused = recording?.paused ?? false

  async function toggle(): Promise<void> {
    if (!recording || busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await desk.pauseRecording(caseId, !paused)
    } catch (cause) {
      setProblem(cause)
    } finally {
      setBusy(false)
    }
  }
  useKeys({ p: () => void toggle() })
  if (!recording) return null

  const pausedFor = recording.pausedAt === null ? 0 : Math.max(0, now - Date.parse(recording.pausedAt))
  const forgotten = paused && pausedFor > remindAfterMillis
  return (
    <>
      <Button hint="P" look={forgotten ? 'danger' : 'plain'} aria-pressed={paused} busy={busy} onClick={() => void toggle()}>
        {paused ? t('keeping.pause.resume') : t('keeping.pause.pause')}
      </Button>
      {paused && (
        <p className={styles['state']} role={forgotten ? 'alert' : 'status'}>
          {forgotten ? t('keeping.pause.remind', { time: clockTime(remindAfterMillis) }) : t('keeping.pause.paused', { time: clockTime(pausedFor) })}
        </p>
      )}
      {problem !== undefined && (
        <p className={styles['state']} role="alert">
          {tell(problem)}
        </p>
      )}
    </>
  )
}
