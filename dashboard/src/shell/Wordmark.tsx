import { useTranslation } from 'react-i18next'
import styles from './Wordmark.module.css'

/** @param nameClass for where the name has to give way to something else */
export function Wordmark({ nameClass }: { nameClass?: string | undefined }) {
  const { t } = useTranslation()
  return (
    <span className={styles['wordmark']}>
      <img src="/icon.svg" alt="" width="28" height="28" />
      <span className={nameClass}>{t('product')}</span>
    </span>
  )
}
