import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { useFormat } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import styles from './Conversation.module.css'
import { useDesk, useLine } from './DeskProvider'

/** The talk as text. With a softphone that has no sound, the agent also types here what they say. */
export function Conversation() {
  const { t } = useTranslation()
  const format = useFormat()
  const { line } = useDesk()
  const leg = useLine()
  const [draft, setDraft] = useState('')
  const [failed, setFailed] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useKeys({ s: () => field.current?.focus() })

  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [leg.transcript.length])

  async function say(event: FormEvent) {
    event.preventDefault()
    const text = draft.trim()
    if (text === '') return
    try {
      await line.say(text)
      setDraft('')
      setFailed(false)
    } catch {
      // The words stay in the field; the sentence below says that they were not spoken.
      setFailed(true)
    }
  }

  const speaker = (who: string) =>
    who === 'agent' || who.startsWith('client:') || who === 'you'
      ? t('desk.transcript.agent')
      : who === 'system' || who === 'announcement' || who === 'say'
        ? t('desk.transcript.system')
        : who === 'payer' || who === 'customer' || who.startsWith('+')
          ? t('desk.transcript.payer')
          : who

  return (
    <Card title={t('desk.transcript.title')}>
      <ol ref={list} className={styles['lines']} tabIndex={0} aria-label={t('desk.transcript.title')} role="log">
        {leg.transcript.length === 0 && <li className={styles['empty']}>{t('desk.transcript.empty')}</li>}
        {leg.transcript.map((spoken) => (
          <li key={spoken.at + spoken.who + spoken.text} data-own={speaker(spoken.who) === t('desk.transcript.agent')}>
            <span className={styles['who']}>
              {speaker(spoken.who)} <time dateTime={spoken.at}>{format.time(spoken.at)}</time>
            </span>
            <span>{spoken.text}</span>
          </li>
        ))}
      </ol>
      {leg.canType && (
        <form className={styles['say']} onSubmit={(event) => void say(event)}>
          <input
            ref={field}
            aria-label={t('desk.transcript.say')}
            placeholder={t('desk.transcript.say')}
            autoComplete="off"
            maxLength={500}
            value={draft}
            disabled={leg.line !== 'open'}
            onChange={(event) => setDraft(event.target.value)}
          />
          <Button type="submit" disabled={leg.line !== 'open'}>
            {t('desk.transcript.send')}
          </Button>
        </form>
      )}
      {failed && (
        <p className={styles['failed']} role="alert">
          {t('desk.transcript.sayFailed')}
        </p>
      )}
    </Card>
  )
}
