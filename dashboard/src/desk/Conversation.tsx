import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { ScrollArea } from '../design/ScrollArea'
import { useFormat } from '../design/useFormat'
import { useKeys } from '../design/useKeys'
import styles from './Conversation.module.css'
import { useDesk, useLine } from './DeskProvider'

/** Labels are ours, addresses the network's; whoever is neither an announcement nor one of us is the payer. */
function speakerOf(who: string): 'agent' | 'payer' | 'system' {
  if (who === 'voice') return 'system'
  return who.startsWith('client:') || who.startsWith('agent') ? 'agent' : 'payer'
}

/** The talk as text. With a softphone that has no sound, the agent also types here what they say. */
export function Conversation() {
  const { t } = useTranslation()
  const format = useFormat()
  const { line } = useDesk()
  const leg = useLine()
  const [draft, setDraft] = useState('')
  const [failed, setFailed] = useState(false)
  const list = useRef<HTMLDivElement>(null)
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

  // A softphone with sound has no transcript: then there is nothing to show here.
  if (!leg.canType && leg.transcript.length === 0) return null
  return (
    <Card title={t('desk.transcript.title')}>
      <ScrollArea ref={list} className={styles['frame']} label={t('desk.transcript.title')} role="log">
        <ol className={styles['lines']}>
          {leg.transcript.length === 0 && <li className={styles['empty']}>{t('desk.transcript.empty')}</li>}
          {leg.transcript.map((spoken) => (
            <li key={spoken.at + spoken.who + spoken.text} data-speaker={speakerOf(spoken.who)} data-kind={spoken.kind}>
              <span className={styles['who']}>
                {t(`desk.transcript.${speakerOf(spoken.who)}`)} <time dateTime={spoken.at}>{format.time(spoken.at)}</time>
              </span>
              <span>{spoken.kind === 'keys' ? t('desk.transcript.pressed', { keys: spoken.text }) : spoken.text}</span>
            </li>
          ))}
        </ol>
      </ScrollArea>
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
