import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** What to read where there is nothing to show, and what to do next. */
export function EmptyState({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p className={styles['title']}>{title}</p>
      {children}
    </div>
  )
}
