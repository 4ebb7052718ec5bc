import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Modal } from '../design/Modal'
import type { LeafChange } from './policyLeaves'
import { PolicyChanges } from './PolicyChanges'
import styles from './PolicyTab.module.css'

interface PolicyReviewProps {
  open: boolean
  changes: readonly LeafChange[]
  busy: boolean
  onCancel: () => void
  onSave: () => void
}

/** The last look before a policy is in force for every case that opens from then on. */
export function PolicyReview({ open, changes, busy, onCancel, onSave }: PolicyReviewProps) {
  const { t } = useTranslation()
  return (
    <Modal open={open} title={t('admin.policy.reviewTitle')} onClose={onCancel}>
      <p>{t('admin.policy.reviewLead')}</p>
      <PolicyChanges changes={changes} />
      <div className={styles['actions']}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button look="primary" busy={busy} onClick={onSave}>
          {t('admin.policy.save')}
        </Button>
      </div>
    </Modal>
  )
}
