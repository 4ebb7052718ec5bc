import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk } from '../api/desk'
import { Card } from '../design/Card'
import { useKeys } from '../design/useKeys'
import styles from './Notes.module.css'

type Saving = 'saved' | 'saving' | 'unsaved' | 'failed'

const pauseMillis = 800
const retryMillis = 3_000

export interface NotesText {
  text: string
  state: Saving
  write(text: string): void
}

/** Saves a moment after the last keystroke, again and again until it worked, and once more on leaving. */
export function useNotes(caseId: string, stored: string): NotesText {
  const draftKey = `notes:${caseId}`
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey) ?? stored)
  const [state, setState] = useState<Saving>(() => (sessionStorage.getItem(draftKey) === null ? 'saved' : 'unsaved'))
  const latest = useRef({ text, saved: stored })
  latest.current.text = text

  useEffect(() => {
    if (state !== 'unsaved' && state !== 'failed') return
    const timer = setTimeout(
      () => {
        const sent = latest.current.text
        setState('saving')
        desk.saveNotes(caseId, sent).then(
          () => {
            latest.current.saved = sent
            if (latest.current.text !== sent) return setState('unsaved')
            sessionStorage.removeItem(draftKey)
            setState('saved')
          },
          () => setState('failed'),
        )
      },
      state === 'failed' ? retryMillis : pauseMillis,
    )
    return () => clearTimeout(timer)
  }, [state, text, caseId, draftKey])

  useEffect(() => {
    const notes = latest.current
    const leave = () => {
      if (notes.text === notes.saved) return
      // Nobody is left to be told when this fails; the draft in this tab's storage is the second net.
      desk.saveNotes(caseId, notes.text, true).catch((cause: unknown) => console.warn('notes not saved on leaving', cause))
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [caseId])

  return {
    text,
    state,
    write(next) {
      setText(next)
      sessionStorage.setItem(draftKey, next)
      setState('unsaved')
    },
  }
}

export function Notes({ notes }: { notes: NotesText }) {
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
      />
    </Card>
  )
}
