import { useTranslation } from 'react-i18next'
import type { QualityCount } from '../api/quality'
import { useFormat } from '../design/useFormat'
import styles from './TrendChart.module.css'

/** One bar a week, each with its figure in words: the picture only helps. */
export function TrendChart({ weeks }: { weeks: readonly QualityCount[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ol className={styles['chart']}>
      {weeks.map(({ key, percent, count }) => (
        <li key={key} className={styles['week']} title={t('quality.results.week', { at: format.date(key) })}>
          <strong>{percent === null ? '–' : format.percent(percent)}</strong>
          <span className={styles['track']} aria-hidden>
            <span className={styles['bar']} style={{ blockSize: `${percent ?? 0}%` }} />
          </span>
          <span className={styles['date']}>{format.date(key)}</span>
          <span className={styles['date']}>{t('quality.results.reviews', { count })}</span>
        </li>
      ))}
    </ol>
  )
}
