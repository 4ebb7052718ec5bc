import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../design/Card'
import { useKeys } from '../design/useKeys'
import { useDesk } from './DeskProvider'
import styles from './Notes.module.css'
import type { CaseNotes, NotesText } from './notesDesk'

const nothing: NotesText = { text: '', state: 'saved' }
const notYet: CaseNotes = { snapshot: () => nothing, subscribe: () => () => undefined, write: () => undefined, flush: async () => undefined }

export interface EditedNotes extends NotesText {
  write(text: string): void
  flush(): void
}

/**
 * Notes save themselves: a moment after the last keystroke, on leaving the field, and on leaving the page.
 * @param stored what the server has; undefined while that is not known
 */
export function useNotes(caseId: string, stored: string | undefined): EditedNotes {
  const { notes } = useDesk()
  const mine = stored === undefined ? notYet : notes.open(caseId, stored)
  const now = useSyncExternalStore(mine.subscribe, mine.snapshot)
  useEffect(() => {
    const leave = () => void mine.flush(true)
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [mine])
  return { ...now, write: mine.write, flush: () => void mine.flush() }
}

export function Notes({ notes }: { notes: EditedNotes }) {
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  useKeys({ o: () => field.current?.focus() })
  return (
    <Card
      title={t('desk.notes.title')}
      aside={
        <span className={styles['state']} data-state={notes.state} role="status">
          {t(`desk.notes.${notes.state}`)}
        </span>
      }
    >
      <textarea
        ref={field}
        className={styles['text']}
        aria-label={t('desk.notes.label')}
        placeholder={t('desk.notes.placeholder')}
        rows={5}
        maxLength={10_000}
        value={notes.text}
        onChange={(event) => notes.write(event.target.value)}
        onBlur={notes.flush}
      />
    </Card>
  )
}
