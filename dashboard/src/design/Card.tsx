import { useId, type ReactNode } from 'react'
import styles from './Card.module.css'

interface CardProps {
  title: ReactNode
  aside?: ReactNode
  tone?: 'plain' | 'caution'
  children: ReactNode
}

export function Card({ title, aside, tone = 'plain', children }: CardProps) {
  const id = useId()
  return (
    <section className={`${styles['card']} ${styles[tone]}`} aria-labelledby={id}>
      <header className={styles['head']}>
        <h2 id={id} className={styles['title']}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
