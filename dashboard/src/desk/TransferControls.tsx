import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk, type Call } from '../api/desk'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { useProblemText } from '../design/ProblemNotice'
import { useKeys } from '../design/useKeys'
import { useSession } from '../session/useSession'
import styles from './HelpButton.module.css'

/** Hands the call over to a colleague: asks one, introduces them, leaves. The colleague sees the same from their side. */
export function TransferControls({ caseId, call, talking }: { caseId: string; call: Call | null; talking: boolean }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { data: user } = useSession()
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const transfer = call?.transfer ?? null
  const mine = transfer?.from.id === user?.id
  const may = talking && transfer === null
  useKeys({ t: () => may && setOpen(true) })

  async function attempt(action: () => Promise<void>): Promise<boolean> {
    setProblem(undefined)
    try {
      await action()
      return true
    } catch (cause) {
      setProblem(cause)
      return false
    }
  }

  return (
    <>
      {transfer === null ? (
        <Button hint="T" disabled={!may} onClick={() => setOpen(true)}>
          {t('live.transfer.begin')}
        </Button>
      ) : (
        <span className={styles['state']} role="status">
          {transfer.state === 'offered'
            ? t('live.transfer.asking', { name: transfer.to?.name ?? t('live.transfer.aColleague') })
            : mine
              ? t('live.transfer.isIn', { name: transfer.to?.name ?? '' })
              : t('live.transfer.introduced', { name: transfer.from.name })}
          {mine && transfer.state === 'consulting' && (
            <Button look="primary" onClick={() => void attempt(() => desk.completeTransfer(caseId))}>
              {t('live.transfer.complete')}
            </Button>
          )}
          <Button look="quiet" onClick={() => void attempt(() => desk.cancelTransfer(caseId))}>
            {t(mine ? 'live.transfer.cancel' : 'live.transfer.leave')}
          </Button>
        </span>
      )}
      {problem !== undefined && !open && (
        <span className={styles['problem']} role="alert">
          {tell(problem)}
        </span>
      )}
      <Modal open={open} title={t('live.transfer.title')} onClose={() => setOpen(false)}>
        <TransferForm
          problem={problem}
          onCancel={() => setOpen(false)}
          onSend={(toAgentId, note) => void attempt(() => desk.transfer(caseId, toAgentId, note)).then((done) => done && setOpen(false))}
        />
      </Modal>
    </>
  )
}

function TransferForm(props: { problem: unknown; onSend: (toAgentId: string, note: string) => void; onCancel: () => void }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { data } = useQuery({ queryKey: ['colleagues'], queryFn: desk.colleagues, staleTime: 0 })
  const [toAgentId, setToAgentId] = useState('')
  const [note, setNote] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        props.onSend(toAgentId, note.trim())
      }}
    >
      <p>{t('live.transfer.lead')}</p>
      <Field label={t('live.transfer.to')}>
        <select value={toAgentId} onChange={(event) => setToAgentId(event.target.value)}>
          <option value="">{t('live.transfer.anybody')}</option>
          {data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('live.transfer.note')} hint={t('live.transfer.noteHint')}>
        <input maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {props.problem !== undefined && <p role="alert">{tell(props.problem)}</p>}
      <div className={styles['actions']}>
        <Button look="primary" type="submit">
          {t('live.transfer.send')}
        </Button>
        <Button onClick={props.onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
