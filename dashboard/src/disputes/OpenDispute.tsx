import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { disputeReasons, type DisputeReason } from '../../../domain/dispute/dispute'
import { disputes } from '../api/disputes'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import styles from './DisputesPage.module.css'

/** For a payer on the telephone whose payment was flagged: its id is enough. */
export function OpenDispute({ paymentId: given }: { paymentId: string }) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const [paymentId, setPaymentId] = useState(given)
  const [reason, setReason] = useState<DisputeReason>('not_me')
  const [statement, setStatement] = useState('')
  const [open, setOpen] = useState(given !== '')
  const opening = useMutation({
    mutationFn: () => disputes.open(paymentId.trim(), reason, statement.trim()),
    onSuccess: ({ caseId }) => navigate(`/disputes/${caseId}`),
  })
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t('disputes.open.title')}…</Button>
      </div>
    )
  return (
    <Card title={t('disputes.open.title')}>
      <form
        className={styles['opening']}
        onSubmit={(event) => {
          event.preventDefault()
          opening.mutate()
        }}
      >
        <Field label={t('disputes.open.payment')}>
          <input required maxLength={128} autoComplete="off" value={paymentId} onChange={(event) => setPaymentId(event.target.value)} />
        </Field>
        <Field label={t('disputes.column.reason')}>
          <select value={reason} onChange={(event) => setReason(event.target.value as DisputeReason)}>
            {disputeReasons.map((each) => (
              <option key={each} value={each}>
                {t(`disputes.reason.${each}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('disputes.open.statement')}>
          <input maxLength={4_000} autoComplete="off" value={statement} onChange={(event) => setStatement(event.target.value)} />
        </Field>
        <Button look="primary" type="submit" busy={opening.isPending}>
          {t('disputes.open.submit')}
        </Button>
      </form>
      {opening.isError && <ProblemNotice problem={opening.error} />}
    </Card>
  )
}
