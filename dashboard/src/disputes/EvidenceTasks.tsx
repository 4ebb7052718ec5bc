import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findings, type EvidenceState, type Finding } from '../../../domain/dispute/dispute'
import { disputes, type Dispute, type DisputeTask } from '../api/disputes'
import { Badge } from '../design/Badge'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { actorText } from '../histories/sentence'
import styles from './DisputesPage.module.css'

/** What is to be found out, and what was. */
export function EvidenceTasks({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation()
  return (
    <Card title={t('disputes.evidence')}>
      <ul className={styles['list']}>
        {dispute.tasks.map((task) => (
          <li key={task.kind}>
            <Task dispute={dispute} task={task} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Task({ dispute, task }: { dispute: Dispute; task: DisputeTask }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const [result, setResult] = useState('')
  const [finding, setFinding] = useState<Finding>('neutral')
  const [editing, setEditing] = useState(false)
  const save = useMutation({
    mutationFn: (state: EvidenceState) => disputes.task(dispute.caseId, { kind: task.kind, state, finding, result: result.trim() }),
    onSuccess: async () => {
      setEditing(false)
      await queries.invalidateQueries({ queryKey: ['dispute', dispute.caseId] })
    },
  })
  const name = t(`terms.evidence.${task.kind}`)
  const given = result.trim() !== ''
  return (
    <div className={styles['form']}>
      <div className={styles['head']}>
        <strong>{name}</strong>
        <Badge tone={task.state === 'open' ? 'neutral' : task.state === 'done' ? 'good' : 'warn'}>{t(`disputes.taskState.${task.state}`)}</Badge>
        {task.finding !== null && <span>{t(`disputes.finding.${task.finding}`)}</span>}
        {dispute.status !== 'closed' && !editing && (
          <Button aria-label={`${t('disputes.record')}: ${name}`} onClick={() => setEditing(true)}>
            {t('disputes.record')}
          </Button>
        )}
      </div>
      {task.result !== null && <p>{task.result}</p>}
      {task.doneAt !== null && (
        <p className={styles['soft']}>
          {task.doneBy !== null && `${actorText(task.doneBy, { t, people: dispute.people })} · `}
          {format.dateTime(task.doneAt)}
        </p>
      )}
      {editing && (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            if (given) save.mutate('done')
          }}
        >
          <Field label={t('disputes.result')} hint={task.kind === 'merchant_statement' ? t('disputes.merchantHint') : undefined}>
            <textarea required rows={2} maxLength={4_000} value={result} onChange={(event) => setResult(event.target.value)} />
          </Field>
          <Field label={t('disputes.says')}>
            <select value={finding} onChange={(event) => setFinding(event.target.value as Finding)}>
              {findings.map((each) => (
                <option key={each} value={each}>
                  {t(`disputes.finding.${each}`)}
                </option>
              ))}
            </select>
          </Field>
          <div className={styles['buttons']}>
            <Button look="primary" type="submit" busy={save.isPending} disabled={!given}>
              {t('disputes.taskState.done')}
            </Button>
            <Button busy={save.isPending} disabled={!given} onClick={() => save.mutate('not_available')}>
              {t('disputes.taskState.not_available')}
            </Button>
            <Button onClick={() => setEditing(false)}>{t('cancel')}</Button>
          </div>
          {save.isError && <ProblemNotice problem={save.error} />}
        </form>
      )}
    </div>
  )
}
