import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { scamTypes, type ScamType } from '../../../domain/money'
import { talkOutcomes, type TalkOutcome } from '../../../domain/reminder/check'
import type { PaymentCheck } from '../api/caseView'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { useProblemText } from '../design/ProblemNotice'
import { useKeys } from '../design/useKeys'
import { reminder } from './reminder'
import styles from './reminder.module.css'

interface TalkFormProps {
  caseId: string
  check: PaymentCheck
  /** What the questions have named. */
  scamType: ScamType | undefined
  onScam: (scam: ScamType | undefined) => void
}

/** What came of the talk; the payer decides, the agent records it. */
export function TalkForm({ caseId, check, scamType, onScam }: TalkFormProps) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<TalkOutcome>()
  const [contact, setContact] = useState({ name: '', phone: '' })
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [taken, setTaken] = useState<string>()
  const over = check.phase === 'settling' || check.phase === 'final'

  async function submit() {
    if (busy || over || taken !== undefined) return
    if (outcome === undefined) return setProblem(t('reminder.talk.missing'))
    setBusy(true)
    setProblem(undefined)
    try {
      const trusted = outcome === 'trusted_contact' ? { trustedContact: { name: contact.name.trim(), phone: contact.phone.trim() } } : {}
      const { calledAgain } = await reminder.record(caseId, { outcome, ...(scamType ? { scamType } : {}), ...trusted })
      setTaken(t(calledAgain ? 'reminder.talk.calledAgain' : `reminder.talk.next.${outcome}`))
      void queries.invalidateQueries({ queryKey: ['desk-case', caseId] })
    } catch (cause) {
      setProblem(tell(cause))
    } finally {
      setBusy(false)
    }
  }

  const pick = (index: number) => () => setOutcome(talkOutcomes[index])
  useKeys({ '1': pick(0), '2': pick(1), '3': pick(2), '4': pick(3), 'ctrl+enter': () => void submit() })

  if (over || taken !== undefined)
    return (
      <Card title={t('reminder.talk.title')}>
        <Notice tone="good">{taken ?? t('reminder.talk.over')}</Notice>
      </Card>
    )
  return (
    <Card title={t('reminder.talk.title')}>
      <fieldset className={styles['outcomes']}>
        <legend className="visually-hidden">{t('reminder.talk.title')}</legend>
        {talkOutcomes.map((one, index) => (
          <label key={one} className={styles['outcome']} data-chosen={outcome === one}>
            <input type="radio" name={`outcome-${caseId}`} value={one} checked={outcome === one} onChange={() => setOutcome(one)} />
            <span>
              {t(`reminder.outcome.${one}`)}
              <small>{t(`reminder.talk.hint.${one}`)}</small>
            </span>
            <kbd>{index + 1}</kbd>
          </label>
        ))}
      </fieldset>
      <Field label={t('reminder.talk.scam')}>
        <select value={scamType ?? ''} onChange={(event) => onScam((event.target.value || undefined) as ScamType | undefined)}>
          <option value="">{t('reminder.talk.noScam')}</option>
          {scamTypes.map((type) => (
            <option key={type} value={type}>
              {t(`terms.scam.${type}`)}
            </option>
          ))}
        </select>
      </Field>
      {outcome === 'trusted_contact' && (
        <>
          <Field label={t('reminder.talk.contactName')}>
            <input value={contact.name} maxLength={100} autoComplete="off" onChange={(event) => setContact({ ...contact, name: event.target.value })} />
          </Field>
          <Field label={t('reminder.talk.contactPhone')} hint="+8613800000009">
            <input
              type="tel"
              value={contact.phone}
              maxLength={32}
              autoComplete="off"
              onChange={(event) => setContact({ ...contact, phone: event.target.value })}
            />
          </Field>
        </>
      )}
      {problem !== undefined && (
        <Notice tone="danger" urgent>
          {problem}
        </Notice>
      )}
      <Button look="primary" large hint="Ctrl+Enter" busy={busy} aria-disabled={outcome === undefined} onClick={() => void submit()}>
        {t('reminder.talk.submit')}
      </Button>
    </Card>
  )
}
