import { useTranslation } from 'react-i18next'
import styles from './DiallingPage.module.css'
import { DoNotCallList } from './DoNotCallList'
import { KillSwitch } from './KillSwitch'

/** @param mayChange compliance may look at it, but not steer */
export function DiallingPage({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  return (
    <main id="content" className={styles['page']}>
      <h1>{t('nav.dialling')}</h1>
      <KillSwitch mayChange={mayChange} />
      <DoNotCallList mayChange={mayChange} />
    </main>
  )
}
