import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import { Modal } from '../design/Modal'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import { useSession } from '../session/useSession'
import styles from './SavedFilters.module.css'

/** Tells that nothing of the case is deleted; compliance sets and lifts that, with a reason. */
export function LegalHoldNotice({ caseId }: { caseId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const mayChange = useSession().data?.role === 'compliance'
  const [asking, setAsking] = useState(false)
  const found = useQuery({ queryKey: ['legal-hold', caseId], queryFn: () => supervision.legalHold(caseId) })
  const hold = found.data?.legalHold ?? null
  const change = useMutation({
    mutationFn: (reason: string) => (hold ? supervision.liftLegalHold(caseId, reason) : supervision.setLegalHold(caseId, reason)),
    onSuccess: () => {
      setAsking(false)
      return client.invalidateQueries({ queryKey: ['legal-hold', caseId] })
    },
  })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    change.mutate(String(new FormData(event.currentTarget).get('reason')))
  }

  const action = t(hold ? 'keeping.hold.lift' : 'keeping.hold.set')
  const button = mayChange && found.isSuccess ? <Button onClick={() => setAsking(true)}>{action}</Button> : undefined
  return (
    <>
      {hold ? (
        <Notice tone="warn" title={t('keeping.hold.title')} action={button}>
          {t('keeping.hold.on', { reason: hold.reason, at: format.dateTime(hold.setAt) })}
        </Notice>
      ) : (
        button && <div className={styles['actions']}>{button}</div>
      )}
      <Modal open={asking} title={action} onClose={() => setAsking(false)}>
        <form className={styles['form']} onSubmit={submit}>
          <Field label={t('keeping.hold.reason')}>
            <input name="reason" required minLength={3} maxLength={500} autoFocus />
          </Field>
          {change.isError && <ProblemNotice problem={change.error} />}
          <div className={styles['actions']}>
            <Button onClick={() => setAsking(false)}>{t('keeping.hold.cancel')}</Button>
            <Button look="primary" type="submit" busy={change.isPending}>
              {action}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}
