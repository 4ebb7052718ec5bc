import { useTranslation } from 'react-i18next'
import type { PromiseCount } from '../api/supervision'
import { useFormat } from '../design/useFormat'
import styles from './PromiseFigure.module.css'

/** The one figure that the company has promised. */
export function PromiseFigure({ today, hour }: { today: PromiseCount; hour: PromiseCount }) {
  const { t } = useTranslation()
  const format = useFormat()
  const told = (count: PromiseCount) => (count.percent === null ? '–' : format.percent(count.percent))
  const tone = today.percent === null ? 'plain' : today.percent >= 99 ? 'good' : today.percent >= 95 ? 'warn' : 'danger'
  return (
    <div className={styles['promise']} data-tone={tone}>
      <span className={styles['label']}>{t('supervision.wallboard.promiseToday')}</span>
      <strong className={styles['value']}>{told(today)}</strong>
      <span className={styles['note']}>
        {today.percent === null
          ? t('supervision.wallboard.noneYet')
          : t('supervision.wallboard.keptOf', { kept: format.number(today.kept), count: today.kept + today.broken })}
        {' · '}
        {t('supervision.wallboard.promiseHour')} {told(hour)}
      </span>
    </div>
  )
}
