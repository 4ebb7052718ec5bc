import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { approvals } from '../api/approvals'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'

/** On a case's page: asks for frozen money to be released, which a second person decides. */
export function UnfreezeRequest({ caseId, paymentId }: { caseId: string; paymentId: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const ask = useMutation({ mutationFn: () => approvals.unfreeze(caseId, paymentId, reason.trim()) })
  if (ask.isSuccess) return <Notice tone="good">{t('approvals.unfreeze.asked')}</Notice>
  if (!open) return <Button onClick={() => setOpen(true)}>{t('approvals.unfreeze.open')}</Button>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate()
      }}
    >
      <Field label={t('approvals.unfreeze.reason')}>
        <input required maxLength={1_000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Button look="primary" type="submit" busy={ask.isPending} disabled={reason.trim() === ''}>
        {t('approvals.unfreeze.ask')}
      </Button>{' '}
      <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
      {ask.isError && <ProblemNotice problem={ask.error} />}
    </form>
  )
}
