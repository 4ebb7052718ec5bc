import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk, type Call } from '../api/desk'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { useProblemText } from '../design/ProblemNotice'
import { useKeys } from '../design/useKeys'
import styles from './HelpButton.module.css'

/** Asks for a supervisor, tells whether one comes, and takes it back. */
export function HelpButton({ caseId, call, talking }: { caseId: string; call: Call | null; talking: boolean }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<unknown>()
  const help = call?.help ?? null
  const may = talking && help === null
  useKeys({ e: () => may && setOpen(true) })

  async function attempt(action: () => Promise<void>): Promise<void> {
    setProblem(undefined)
    try {
      await action()
      setOpen(false)
      setReason('')
    } catch (cause) {
      setProblem(cause)
    }
  }

  return (
    <>
      {help === null ? (
        <Button hint="E" disabled={!may} onClick={() => setOpen(true)}>
          {t('live.help.ask')}
        </Button>
      ) : (
        <span className={styles['state']} role="status">
          {help.answeredBy === null ? t('live.help.waiting') : t('live.help.answered', { name: help.answeredBy })}
          <Button look="quiet" onClick={() => void attempt(() => desk.withdrawHelp(caseId))}>
            {t('live.help.withdraw')}
          </Button>
        </span>
      )}
      <Modal open={open} title={t('live.help.title')} onClose={() => setOpen(false)}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void attempt(() => desk.askForHelp(caseId, reason.trim()))
          }}
        >
          <Field label={t('live.help.reason')} hint={t('live.help.reasonHint')}>
            <input maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          {problem !== undefined && <p role="alert">{t('live.help.failed', { detail: tell(problem) })}</p>}
          <div className={styles['actions']}>
            <Button look="primary" type="submit">
              {t('live.help.send')}
            </Button>
            <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
          </div>
        </form>
      </Modal>
    </>
  )
}
