import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { approvals, type Approval } from '../api/approvals'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import styles from './ApprovalCard.module.css'
import { approvalsKey } from './useApprovals'

/** The second person's word. Refusing asks for the reason, because somebody will want to know it. */
export function ApprovalForm({ approval }: { approval: Approval }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const decide = useMutation({
    mutationFn: (vote: 'approve' | 'refuse') => approvals.decide(approval.approvalId, vote, reason.trim()),
    onSettled: () => queries.invalidateQueries({ queryKey: approvalsKey }),
  })

  function refuse(): void {
    if (reason.trim() === '') setMissing(true)
    else decide.mutate('refuse')
  }

  return (
    <>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          decide.mutate('approve')
        }}
      >
        <Field label={t('approvals.reason')} error={missing && reason.trim() === '' ? t('approvals.reasonMissing') : undefined}>
          <input maxLength={1_000} autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <Button look="danger" busy={decide.isPending} onClick={refuse}>
          {t('approvals.refuse')}
        </Button>
        <Button look="primary" type="submit" busy={decide.isPending}>
          {t('approvals.approve')}
        </Button>
      </form>
      {decide.isError && <ProblemNotice problem={decide.error} />}
    </>
  )
}
