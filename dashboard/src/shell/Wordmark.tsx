import { useTranslation } from 'react-i18next'
import styles from './Wordmark.module.css'

export function Wordmark() {
  const { t } = useTranslation()
  return (
    <span className={styles['wordmark']}>
      <img src="/icon.svg" alt="" width="28" height="28" />
      <span>{t('product')}</span>
    </span>
  )
}
