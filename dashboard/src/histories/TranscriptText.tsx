import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { clockTime } from '../design/useFormat'
import styles from './RecordingsCard.module.css'

/** Below this the provider was not sure of what it understood. */
const sure = 0.6

/** What was said, line by line; a line's time plays the recording from there. Shown on request, for reading it is on record. */
export function TranscriptText({ caseId, attemptId, onPlay }: { caseId: string; attemptId: string; onPlay: (seconds: number) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const transcript = useQuery({ queryKey: ['transcript', caseId], queryFn: () => supervision.transcript(caseId), enabled: open, staleTime: 60_000 })

  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t('keeping.transcript.show')}</Button>
      </div>
    )
  if (transcript.isError) return <ProblemNotice problem={transcript.error} onRetry={() => void transcript.refetch()} />
  if (transcript.data === undefined) return <Skeleton lines={3} />
  const lines = transcript.data.lines.filter((line) => line.attemptId === attemptId)
  return (
    <ol className={styles['lines']} aria-label={t('keeping.transcript.title')}>
      {lines.map(({ seconds, speaker, text, confidence }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no id and never move
        <li key={index} data-speaker={speaker}>
          <button type="button" className={styles['time']} aria-label={t('keeping.transcript.play', { at: clockTime(seconds * 1_000) })} onClick={() => onPlay(seconds)}>
            {clockTime(seconds * 1_000)}
          </button>
          <p>
            <strong>{t(`keeping.transcript.${speaker}`)}</strong> {text}
            {confidence !== null && confidence < sure && <span className={styles['soft']}> {t('keeping.transcript.unsure')}</span>}
          </p>
        </li>
      ))}
    </ol>
  )
}
