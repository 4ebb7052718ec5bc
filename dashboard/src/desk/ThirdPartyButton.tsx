import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { desk, type Call } from '../api/desk'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import table from '../design/Table.module.css'
import { useKeys } from '../design/useKeys'
import styles from './HelpButton.module.css'

const anotherNumber = ''

/** Brings somebody into the talk by telephone: one of the directory, or a number. */
export function ThirdPartyButton({ caseId, call, talking }: { caseId: string; call: Call | null; talking: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const may = talking && (call?.thirdParty == null || call.thirdParty.status === 'ended')
  useKeys({ b: () => may && setOpen(true) })
  return (
    <>
      <Button hint="B" disabled={!may} onClick={() => setOpen(true)}>
        {t('live.thirdParty.begin')}
      </Button>
      <Modal open={open} title={t('live.thirdParty.title')} onClose={() => setOpen(false)}>
        <ThirdPartyForm caseId={caseId} held={call?.held ?? false} onClose={() => setOpen(false)} />
      </Modal>
    </>
  )
}

function ThirdPartyForm({ caseId, held, onClose }: { caseId: string; held: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const choice = useQuery({ queryKey: ['third-parties', caseId], queryFn: () => desk.thirdParties(caseId), staleTime: 0 })
  const [chosen, setChosen] = useState<string>()
  const [phone, setPhone] = useState('')
  const [alone, setAlone] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  if (choice.isError) return <ProblemNotice problem={choice.error} onRetry={() => void choice.refetch()} />
  if (choice.isPending) return <Skeleton lines={3} />
  const { entries, typedNumbers } = choice.data
  if (entries.length === 0 && !typedNumbers) return <p>{t('live.thirdParty.nobody')}</p>
  const entryId = chosen ?? entries[0]?.id ?? anotherNumber
  const entry = entries.find(({ id }) => id === entryId)

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault()
    setProblem(undefined)
    setBusy(true)
    const holds = alone && !held
    try {
      if (holds) await desk.hold(caseId, true)
      // People write numbers with spaces and dashes; the server wants E.164.
      await desk.addThirdParty(caseId, entry ? { entryId } : { phone: phone.replaceAll(/[\s()-]/g, '') })
      onClose()
    } catch (cause) {
      setProblem(cause)
      // Nobody comes: the payer is not kept waiting for them.
      if (holds) await desk.hold(caseId, false).catch(() => undefined)
    }
    setBusy(false)
  }

  return (
    <form className={table['form']} onSubmit={(event) => void add(event)} autoComplete="off">
      <p>{t('live.thirdParty.lead')}</p>
      {entries.length > 0 && (
        <Field label={t('live.thirdParty.whom')} hint={entry?.purpose}>
          <select value={entryId} onChange={(event) => setChosen(event.target.value)}>
            {entries.map(({ id, name, phone: number }) => (
              <option key={id} value={id}>
                {`${name[t('timeline.nameIn') as 'en' | 'zh']} · ${number}`}
              </option>
            ))}
            {typedNumbers && <option value={anotherNumber}>{t('live.thirdParty.another')}</option>}
          </select>
        </Field>
      )}
      {entry === undefined && (
        <Field label={t('live.thirdParty.phone')} hint={t('live.thirdParty.phoneHint')}>
          <input type="tel" required maxLength={32} placeholder="+86…" value={phone} onChange={(event) => setPhone(event.target.value)} />
        </Field>
      )}
      {!held && (
        <label className={table['check']}>
          <input type="checkbox" checked={alone} onChange={(event) => setAlone(event.target.checked)} />
          <span>
            {t('live.thirdParty.alone')}. {t('live.thirdParty.aloneHint')}
          </span>
        </label>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div className={styles['actions']}>
        <Button look="primary" type="submit" busy={busy}>
          {t('live.thirdParty.call')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
