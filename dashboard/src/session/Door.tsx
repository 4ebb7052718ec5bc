import type { ReactNode } from 'react'
import { LanguageSwitch } from '../shell/LanguageSwitch'
import { Wordmark } from '../shell/Wordmark'
import styles from './SignIn.module.css'

/** The page of somebody who is not signed in. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <main className={styles['page']}>
      <div className={styles['corner']}>
        <LanguageSwitch />
      </div>
      <div className={styles['form']}>
        <Wordmark />
        {children}
      </div>
    </main>
  )
}
