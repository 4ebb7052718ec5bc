import { useTranslation } from 'react-i18next'
import styles from './Skeleton.module.css'

/** Holds the place of what is still loading, so that nothing jumps when it comes. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className={styles['skeleton']} data-loading role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles['line']} />
      ))}
    </div>
  )
}
