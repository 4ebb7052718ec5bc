import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { useProblemText } from '../design/ProblemNotice'
import { ScrollArea } from '../design/ScrollArea'
import { useFormat } from '../design/useFormat'
import { useDeskSnapshot } from '../desk/DeskProvider'
import { reminder } from './reminder'
import { useChatDraft } from './useChatDraft'
import styles from './reminder.module.css'

/** What the payer writes in their app, and what the agent answers. */
export function ChatCard({ caseId, open, first }: { caseId: string; open: boolean; first: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useProblemText()
  const queries = useQueryClient()
  const { case: live, focus, chosen } = useDeskSnapshot()
  const [draft, setDraft] = useChatDraft(caseId)
  const field = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const list = useRef<HTMLDivElement>(null)
  const { data } = useQuery({ queryKey: ['chat', caseId], queryFn: () => reminder.messages(caseId), refetchInterval: 4_000 })
  const messages = data?.messages ?? []

  // The desk's stream says that something was written; the words come from here.
  useEffect(() => void queries.invalidateQueries({ queryKey: ['chat', caseId] }), [live, caseId, queries])
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [messages.length])

  // Whoever goes to a chat wants to write in it.
  useEffect(() => {
    if (chosen && focus === caseId) field.current?.focus()
  }, [chosen, focus, caseId])

  async function send(event: FormEvent) {
    event.preventDefault()
    const text = draft.trim()
    if (text === '') return
    // The field is free for the next words at once; what could not be sent comes back before them.
    setDraft(() => '')
    setProblem(undefined)
    try {
      await reminder.write(caseId, text)
      await queries.invalidateQueries({ queryKey: ['chat', caseId] })
    } catch (cause) {
      setDraft((since) => `${text} ${since}`.trim())
      setProblem(tell(cause))
    }
  }

  if (!first && messages.length === 0) return null
  return (
    <Card title={t('reminder.chat.title')}>
      <ScrollArea ref={list} className={styles['chat']} label={t('reminder.chat.title')} role="log">
        <ol className={styles['lines']}>
          {messages.length === 0 && <li className={styles['empty']}>{t('reminder.chat.empty')}</li>}
          {messages.map((message) => (
            <li key={message.id} data-by={message.by}>
              <small>
                {t(`reminder.chat.${message.by}`)} <time dateTime={message.at}>{format.time(message.at)}</time>
              </small>
              {message.text}
            </li>
          ))}
        </ol>
      </ScrollArea>
      {open && (
        <form className={styles['write']} onSubmit={(event) => void send(event)}>
          <input
            ref={field}
            aria-label={t('reminder.chat.write')}
            placeholder={t('reminder.chat.write')}
            autoComplete="off"
            maxLength={2_000}
            value={draft}
            onChange={(event) => setDraft(() => event.target.value)}
          />
          <Button type="submit">{t('reminder.chat.send')}</Button>
        </form>
      )}
      {problem !== undefined && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
    </Card>
  )
}
