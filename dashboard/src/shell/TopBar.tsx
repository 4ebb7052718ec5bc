import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../api/session'
import { AccountMenu } from './AccountMenu'
import { LanguageSwitch } from './LanguageSwitch'
import { PageLinks } from './PageLinks'
import { pagesOf } from './pages'
import styles from './TopBar.module.css'
import { Wordmark } from './Wordmark'

/** @param children what belongs to the person's own work, such as an agent's state. */
export function TopBar({ user, onSignOut, children }: { user: User; onSignOut: () => void; children?: ReactNode }) {
  const { t } = useTranslation()
  const pages = pagesOf(user.role)
  return (
    <header className={styles['bar']}>
      <a className={styles['skip']} href="#content">
        {t('skipToContent')}
      </a>
      <Wordmark nameClass={styles['name']} />
      {pages.length > 1 ? <PageLinks pages={pages} /> : <span className={styles['room']} />}
      <div className={styles['own']}>{children}</div>
      <LanguageSwitch />
      <AccountMenu user={user} onSignOut={onSignOut} />
    </header>
  )
}
