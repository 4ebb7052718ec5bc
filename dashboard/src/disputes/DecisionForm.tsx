import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeDecision } from '../../../domain/dispute/dispute'
import { disputes, type Dispute } from '../api/disputes'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import styles from './DisputesPage.module.css'

/** For or against, with the reason that the payer reads; or the money before the decision. */
export function DecisionForm({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const refresh = () => queries.invalidateQueries({ queryKey: ['dispute', dispute.caseId] })
  const decide = useMutation({ mutationFn: (decision: DisputeDecision) => disputes.decide(dispute.caseId, decision, reason.trim()), onSettled: refresh })
  const advance = useMutation({ mutationFn: () => disputes.advance(dispute.caseId, reason.trim()), onSettled: refresh })
  const missing = dispute.tasks.filter(({ kind, state }) => state === 'open' && kind !== 'merchant_follow_up').length
  const given = reason.trim() !== ''
  const advanced = dispute.moneyActions.some(({ kind }) => kind === 'advance')
  return (
    <Card title={t('disputes.decision.title')}>
      <form className={styles['form']} onSubmit={(event) => event.preventDefault()}>
        <Field label={t('disputes.decision.reason')} hint={t('disputes.decision.reasonHint')}>
          <textarea rows={3} maxLength={4_000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <div className={styles['buttons']}>
          <Button look="primary" busy={decide.isPending} disabled={!given} onClick={() => decide.mutate('upheld')}>
            {t('disputes.decision.upheld')}
          </Button>
          <Button look="danger" busy={decide.isPending} disabled={!given || missing > 0} onClick={() => decide.mutate('rejected')}>
            {t('disputes.decision.rejected')}
          </Button>
          {!advanced && (
            <Button busy={advance.isPending} disabled={!given} onClick={() => advance.mutate()}>
              {t('disputes.decision.advance')}
            </Button>
          )}
        </div>
        {missing > 0 && <p className={styles['soft']}>{t('disputes.decision.missing', { count: missing })}</p>}
        {decide.isSuccess && <Notice tone="good">{t(`disputes.decision.effect.${decide.data.effect}`)}</Notice>}
        {advance.isSuccess && <Notice tone="good">{t('disputes.decision.advanceAsked')}</Notice>}
        {decide.isError && <ProblemNotice problem={decide.error} />}
        {advance.isError && <ProblemNotice problem={advance.error} />}
      </form>
    </Card>
  )
}
