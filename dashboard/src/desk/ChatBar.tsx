import { useTranslation } from 'react-i18next'
import styles from '../reminder/reminder.module.css'

/** Where the call would be: this payer writes, and nobody rings. */
export function ChatBar() {
  const { t } = useTranslation()
  return (
    <p className={styles['chatBar']} role="status">
      {t('reminder.chatBar')}
    </p>
  )
}
