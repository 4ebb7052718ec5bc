import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { transferHelp, type AnswerGiven, type HelpView } from '../api/transferHelp'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import styles from '../disputes/DisputesPage.module.css'

/** What the payee has said, a form for what they say now, and the calls to them. */
export function PayeeCard({ help }: { help: HelpView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const [parts, setParts] = useState('1')
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: (given: AnswerGiven) => transferHelp.answer(help.caseId, given),
    onSettled: () => queries.invalidateQueries({ queryKey: ['transfer-help', help.caseId] }),
  })
  const { answer, status } = help
  const asked = answer === null && (status === 'received' || status === 'contacting')
  const words = reason.trim() === '' ? {} : { reason: reason.trim() }
  return (
    <Card title={t('transferHelp.payeeSays')}>
      <div className={styles['form']}>
        {answer === null ? (
          <p className={styles['soft']}>{t('transferHelp.notAnswered')}</p>
        ) : (
          <p>
            <strong>{t(`transferHelp.answer.${answer.answer}`)}</strong>
            {answer.amount !== null && ` · ${format.money(answer.amount)}`}
            {answer.instalments !== null && ` · ${t('transferHelp.inParts', { count: answer.instalments })}`}
            {answer.reason !== null && ` · ${answer.reason}`} <span className={styles['soft']}>{format.dateTime(answer.at)}</span>
          </p>
        )}
        {(asked || status === 'mediation') && (
          <form className={styles['form']} onSubmit={(event) => event.preventDefault()}>
            <Field label={t('transferHelp.parts')}>
              <input type="number" min={1} max={60} value={parts} onChange={(event) => setParts(event.target.value)} />
            </Field>
            <Field label={t('transferHelp.reason')}>
              <textarea rows={2} maxLength={4_000} value={reason} onChange={(event) => setReason(event.target.value)} />
            </Field>
            <div className={styles['buttons']}>
              <Button look="primary" busy={save.isPending} onClick={() => save.mutate({ answer: 'return', instalments: Number(parts), ...words })}>
                {t('transferHelp.agrees')}
              </Button>
              {asked && (
                <Button look="danger" busy={save.isPending} onClick={() => save.mutate({ answer: 'refuse', ...words })}>
                  {t('transferHelp.refuses')}
                </Button>
              )}
            </div>
            {save.isError && <ProblemNotice problem={save.error} />}
          </form>
        )}
        <h3>{t('transferHelp.calls')}</h3>
        {help.attempts.length === 0 ? (
          <p className={styles['soft']}>{t('transferHelp.noCalls')}</p>
        ) : (
          <ul className={styles['list']}>
            {help.attempts.map(({ number, phone, outcome, status: callStatus, intendedAt }) => (
              <li key={number}>
                {phone} · {outcome === null ? t(`terms.attemptStatus.${callStatus}`) : t(`terms.attemptOutcome.${outcome}`)}
                <div className={styles['soft']}>{format.dateTime(intendedAt)}</div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
