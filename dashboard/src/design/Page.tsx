import type { ReactNode } from 'react'
import styles from './Page.module.css'

interface PageProps {
  title: ReactNode
  lead?: ReactNode
  /** `wide` for tables, `text` for what is read and filled in. */
  width?: 'text' | 'wide'
  children: ReactNode
}

/** A page below the top bar: its heading, what it is for, its content. */
export function Page({ title, lead, width = 'text', children }: PageProps) {
  return (
    <main id="content" className={styles['page']} data-width={width}>
      <h1>{title}</h1>
      {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      {children}
    </main>
  )
}
