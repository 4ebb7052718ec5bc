import { useTranslation } from 'react-i18next'
import { useOpenApprovals } from './useApprovals'
import styles from './ApprovalBadge.module.css'

/** How many requests wait for the person who looks. */
export function ApprovalBadge() {
  const { t } = useTranslation()
  const { data } = useOpenApprovals()
  const count = data?.filter(({ bar }) => bar === null).length ?? 0
  if (count === 0) return null
  return (
    <span className={styles['badge']}>
      <span aria-hidden>{count}</span>
      <span className={styles['spoken']}>{t('approvals.waiting', { count })}</span>
    </span>
  )
}
