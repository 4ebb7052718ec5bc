import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../design/Button'
import { Modal } from '../design/Modal'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { Changes, type Change } from './Changes'
import styles from './ReviewDialog.module.css'

interface ReviewDialogProps {
  title: string
  /** What it means, in a sentence. */
  lead: string
  changes: readonly Change[]
  /** What cannot be undone, or hurts somebody: it is said before the button. */
  warning?: ReactNode
  /** What it will do, counted. */
  children?: ReactNode
  save?: string
  busy: boolean
  problem: unknown
  onCancel: () => void
  onSave: () => void
}

/** The last look before a change is in force: what is changed and what that will do. */
export function ReviewDialog({ title, lead, changes, warning, children, save, busy, problem, onCancel, onSave }: ReviewDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal open title={title} onClose={onCancel}>
      <p>{lead}</p>
      {changes.length === 0 ? <Notice>{t('review.nothing')}</Notice> : <Changes changes={changes} />}
      {children}
      {warning !== undefined && (
        <Notice tone="warn" urgent>
          {warning}
        </Notice>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
      <div className={styles['foot']}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button look="primary" busy={busy} onClick={onSave}>
          {save ?? t('review.save')}
        </Button>
      </div>
    </Modal>
  )
}
