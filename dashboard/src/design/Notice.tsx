import type { ReactNode } from 'react'
import styles from './Notice.module.css'
import type { Tone } from './Badge'

interface NoticeProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** Spoken at once by a screen reader; for what the person must know now. */
  urgent?: boolean
}

/** One paragraph that tells a state: something is empty, wrong, lost or done. */
export function Notice({ tone = 'info', title, children, action, urgent }: NoticeProps) {
  return (
    <div className={`${styles['notice']} ${styles[tone]}`} role={urgent ? 'alert' : 'status'}>
      <div className={styles['text']}>
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {action}
    </div>
  )
}
