import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { supervision, type Recording } from '../api/supervision'
import { Card } from '../design/Card'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import { ChooseForReview } from '../quality/ChooseForReview'
import { useSession } from '../session/useSession'
import styles from './RecordingsCard.module.css'
import { TranscriptText } from './TranscriptText'

/** A line of a transcript is known when it has been said; listening begins a little before. */
const secondsBefore = 3

/**
 * The case's recordings, played where they lie: at the telephone provider.
 * @param reviewing one of its calls is being reviewed already
 */
export function RecordingsCard({ caseId, open, reviewing = false }: { caseId: string; open: boolean; reviewing?: boolean }) {
  const { t } = useTranslation()
  const role = useSession().data?.role
  const mayListen = role === 'supervisor' || role === 'compliance'
  const found = useQuery({ queryKey: ['recordings', caseId, open], queryFn: () => supervision.recordings(caseId), refetchInterval: open ? 5_000 : false })
  const recordings = found.data?.recordings
  return (
    <Card title={t('keeping.recordings.title')}>
      {found.isError ? (
        <ProblemNotice problem={found.error} onRetry={() => void found.refetch()} />
      ) : recordings === undefined ? (
        <Skeleton lines={2} />
      ) : recordings.length === 0 ? (
        <p>{t('keeping.recordings.none')}</p>
      ) : (
        <>
          <ul className={styles['list']}>
            {recordings.map((recording) => (
              <RecordingRow key={recording.attemptId} caseId={caseId} recording={recording} mayListen={mayListen} mayReview={role === 'supervisor' && !reviewing} />
            ))}
          </ul>
          <p className={styles['soft']}>{t(mayListen ? 'keeping.recordings.onRecord' : 'keeping.recordings.notYours')}</p>
        </>
      )}
    </Card>
  )
}

function RecordingRow({ caseId, recording, mayListen, mayReview }: { caseId: string; recording: Recording; mayListen: boolean; mayReview: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { recordingSid, status, number, channels, consentAt, consentWording, seconds, deletedAt } = recording
  const label = t('keeping.recordings.call', { number })
  const player = useRef<HTMLAudioElement>(null)

  function playFrom(lineSeconds: number): void {
    if (player.current === null) return
    player.current.currentTime = Math.max(0, lineSeconds - secondsBefore)
    // Whatever hinders playing, the player itself shows.
    void player.current.play().catch(() => undefined)
  }

  return (
    <li className={styles['row']}>
      <p>
        <strong>{label}</strong> {seconds !== null && `· ${format.duration(seconds * 1_000)}`} {channels === 2 && `· ${t('keeping.recordings.channels')}`}
      </p>
      {status === 'completed' && recordingSid !== null && mayListen && (
        // A talk on the telephone has no captions; what was said of it is in the timeline, and in the transcript if there is one.
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio ref={player} className={styles['player']} controls preload="none" aria-label={label} src={supervision.mediaAddress(recordingSid)} />
      )}
      {mayListen && recording.transcribed && <TranscriptText caseId={caseId} attemptId={recording.attemptId} onPlay={playFrom} />}
      {status !== 'completed' && <p>{status === 'deleted' ? t('keeping.recordings.deleted', { at: format.date(deletedAt ?? '') }) : t(`keeping.recordings.${status}`)}</p>}
      {mayReview && status === 'completed' && <ChooseForReview caseId={caseId} attemptId={recording.attemptId} />}
      {consentAt !== null && <p className={styles['soft']}>{t('keeping.recordings.announced', { at: format.dateTime(consentAt), wording: consentWording ?? '' })}</p>}
    </li>
  )
}
