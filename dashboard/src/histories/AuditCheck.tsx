import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { supervision } from '../api/supervision'
import { Button } from '../design/Button'
import { useProblemText } from '../design/ProblemNotice'
import { Icon } from '../design/Icon'
import { useFormat } from '../design/useFormat'
import styles from './AuditCheck.module.css'

/** Recomputes the audit log's hash chain and says in one sentence whether anything was changed. */
export function AuditCheck() {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useProblemText()
  const check = useMutation({ mutationFn: supervision.verifyAudit })
  const found = check.data
  return (
    <div className={styles['check']}>
      <p role="status" data-tone={found?.ok ? 'good' : check.isIdle || check.isPending ? 'plain' : 'danger'}>
        {check.isPending && t('supervision.audit.verifying')}
        {check.isError && tell(check.error)}
        {found?.ok && (
          <>
            <Icon name="check" /> {t('supervision.audit.ok', { entries: format.number(found.entries) })}
          </>
        )}
        {found && !found.ok && (
          <>
            <Icon name="warning" />{' '}
            {t('supervision.audit.broken', { lane: found.firstFault?.lane ?? '?', seq: found.firstFault?.seq ?? '?', reason: found.firstFault?.reason ?? '' })}
          </>
        )}
      </p>
      <Button busy={check.isPending} onClick={() => check.mutate()}>
        {t('supervision.audit.verify')}
      </Button>
    </div>
  )
}
