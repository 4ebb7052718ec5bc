import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { verdictKinds } from '../../../domain/money'
import type { CaseView, VerdictEffects } from '../api/caseView'
import { desk } from '../api/desk'
import { Problem } from '../api/problem'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Notice } from '../design/Notice'
import { useProblemText } from '../design/ProblemNotice'
import { useKeys } from '../design/useKeys'
import { useDeskSnapshot } from './DeskProvider'
import { DecidedPayment } from './DecidedPayment'
import type { VerdictDraft } from './useVerdictDraft'
import styles from './VerdictForm.module.css'
import { VerdictChoice } from './VerdictChoice'

interface VerdictFormProps {
  view: CaseView
  effects: VerdictEffects
  draft: VerdictDraft
}

/** One verdict for each payment, recorded together; then what the money does, until the ledger has confirmed. */
export function VerdictForm({ view, effects, draft }: VerdictFormProps) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const queries = useQueryClient()
  const { connection } = useDeskSnapshot()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [waiting, setWaiting] = useState<readonly string[]>([])
  const form = useRef<HTMLDivElement>(null)

  const open = view.payments.filter((payment) => payment.verdict === null && payment.decision === 'undecided' && !waiting.includes(payment.paymentId))
  const numberOf = (paymentId: string) => view.payments.findIndex((payment) => payment.paymentId === paymentId) + 1
  const lacking = open.find(({ paymentId }) => {
    const choice = draft.choices[paymentId]
    return choice?.verdict === undefined || (choice.verdict === 'scam' && choice.scamType === undefined)
  })
  const lack =
    lacking === undefined
      ? undefined
      : t(draft.choices[lacking.paymentId]?.verdict === 'scam' ? 'desk.verdict.missingScam' : 'desk.verdict.missingVerdict', {
          number: numberOf(lacking.paymentId),
        })

  async function submit() {
    if (busy || open.length === 0) return
    if (lacking !== undefined) {
      draft.setCurrent(lacking.paymentId)
      const fieldset = form.current?.querySelector(`[data-payment="${CSS.escape(lacking.paymentId)}"]`)
      // The kind of scam, where that is what is missing.
      ;(fieldset?.querySelector('select') ?? fieldset?.querySelector('input'))?.focus()
      return setProblem(lack)
    }
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await desk.recordVerdicts(
        view.caseId,
        open.flatMap(({ paymentId }) => {
          const { verdict, scamType, notes } = draft.choices[paymentId] ?? {}
          return verdict === undefined ? [] : [{ paymentId, verdict, ...(scamType ? { scamType } : {}), ...(notes?.trim() ? { notes: notes.trim() } : {}) }]
        }),
      )
      setWaiting([...waiting, ...answer.verdicts.filter(({ effect }) => effect === 'waits_for_contact').map(({ paymentId }) => paymentId)])
    } catch (cause) {
      const status = cause instanceof Problem ? cause.status : undefined
      setProblem(status === 409 ? t('desk.verdict.already') : status === 403 ? t('desk.verdict.notYours') : t('desk.verdict.failed', { detail: tell(cause) }))
    } finally {
      setBusy(false)
      // The stream tells the same; this is for when it is just reconnecting.
      void queries.invalidateQueries({ queryKey: ['desk-case', view.caseId] })
    }
  }

  function pick(index: number): void {
    const verdict = verdictKinds[index]
    if (draft.current === null || verdict === undefined) return
    draft.choose(draft.current, { verdict })
    const fieldset = form.current?.querySelector(`[data-payment="${CSS.escape(draft.current)}"]`)
    fieldset?.scrollIntoView({ block: 'nearest' })
    fieldset?.querySelector<HTMLElement>(verdict === 'scam' ? `input[value="scam"]` : `input[value="${verdict}"]`)?.focus()
  }
  useKeys({
    '1': () => pick(0),
    '2': () => pick(1),
    '3': () => pick(2),
    '4': () => pick(3),
    'ctrl+enter': () => void submit(),
  })

  return (
    <Card title={t('desk.verdict.title')} aside={view.payments.length > 1 && <span className={styles['lead']}>{t('desk.verdict.lead')}</span>}>
      <div ref={form} className={styles['payments']}>
        {view.payments.map((payment) =>
          open.includes(payment) ? (
            <VerdictChoice
              key={payment.paymentId}
              payment={payment}
              number={numberOf(payment.paymentId)}
              count={view.payments.length}
              effects={effects}
              choice={draft.choices[payment.paymentId] ?? {}}
              current={draft.current === payment.paymentId}
              onPoint={() => draft.setCurrent(payment.paymentId)}
              onChoose={(part) => draft.choose(payment.paymentId, part)}
            />
          ) : (
            <DecidedPayment
              key={payment.paymentId}
              caseId={view.caseId}
              payment={payment}
              actions={view.moneyActions}
              approvals={view.approvals}
              chosen={draft.choices[payment.paymentId]?.verdict}
              waits={payment.decision === 'undecided'}
            />
          ),
        )}
      </div>
      {problem !== undefined && (
        <Notice tone="danger" urgent>
          {problem}
        </Notice>
      )}
      {open.length > 0 ? (
        <div className={styles['foot']}>
          <Button look="primary" large hint="Ctrl+Enter" busy={busy} aria-disabled={lack !== undefined || connection === 'lost'} onClick={() => void submit()}>
            {t('desk.verdict.submit', { count: open.length })}
          </Button>
          <p className={styles['lack']}>{connection === 'lost' ? t('desk.verdict.offline') : lack}</p>
        </div>
      ) : (
        <Notice tone="good">{t('desk.verdict.allDone')}</Notice>
      )}
    </Card>
  )
}
