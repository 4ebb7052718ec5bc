import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { Page } from '../design/Page'
import { ProblemNotice, useProblemText } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { reminder } from './reminder'
import styles from './reminder.module.css'

/** The scam playbook as it is kept; the server checks that every way leads somewhere. */
export function PlaybookPage() {
  const { t } = useTranslation()
  const tell = useProblemText()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: ['playbook'], queryFn: reminder.playbook, refetchOnWindowFocus: false })
  const [draft, setDraft] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [saved, setSaved] = useState<number>()
  const [busy, setBusy] = useState(false)
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const text = draft ?? JSON.stringify(data.body, null, 2)

  async function save(basedOn: number) {
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch (cause) {
      return setProblem(t('reminder.playbook.notJson', { detail: (cause as Error).message }))
    }
    setBusy(true)
    setProblem(undefined)
    try {
      const next = await reminder.changePlaybook(basedOn, body)
      queries.setQueryData(['playbook'], next)
      setDraft(undefined)
      setSaved(next.version)
    } catch (cause) {
      setProblem(tell(cause))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Page title={t('nav.playbook')}>
      <Card title={t('reminder.playbook.edit')} aside={<span>{t('reminder.playbook.version', { version: data.version })}</span>}>
        <p>{t('reminder.playbook.lead')}</p>
        <Field label={t('reminder.playbook.edit')} {...(problem === undefined ? {} : { error: problem })}>
          <textarea className={styles['code']} rows={24} spellCheck={false} value={text} onChange={(event) => setDraft(event.target.value)} />
        </Field>
        {saved !== undefined && draft === undefined && <Notice tone="good">{t('reminder.playbook.saved', { version: saved })}</Notice>}
        <Button look="primary" busy={busy} aria-disabled={draft === undefined} onClick={() => draft !== undefined && void save(data.version)}>
          {t('reminder.playbook.save')}
        </Button>
      </Card>
    </Page>
  )
}
