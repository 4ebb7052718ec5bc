import { useTranslation } from 'react-i18next'
import { Bar, BarChart, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis, type TooltipContentProps } from 'recharts'
import type { Wallboard } from '../api/supervision'
import { Card } from '../design/Card'
import { useFormat } from '../design/useFormat'
import styles from './PromiseChart.module.css'

/** Kept and broken promises of each hour, broken ones on top with the share that was kept. The same figures are a table for whoever cannot see the picture. */
export function PromiseChart({ hours }: { hours: Wallboard['promise']['byHour'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = hours.map(({ hour, kept, broken, percent }) => ({
    hour: format.hour(hour),
    kept,
    broken,
    percent: percent === null ? '' : format.percent(percent),
  }))
  return (
    <Card title={t('supervision.wallboard.promiseByHour')}>
      <div className={styles['chart']} aria-hidden>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={rows} accessibilityLayer={false} barCategoryGap="20%" margin={{ top: 18, right: 0, bottom: 0, left: 0 }}>
            <XAxis dataKey="hour" tickLine={false} tick={{ fill: 'var(--ink-soft)', fontSize: '0.85em' }} stroke="var(--line-strong)" />
            <YAxis tickCount={3} allowDecimals={false} width="auto" tickLine={false} axisLine={false} tick={{ fill: 'var(--ink-soft)', fontSize: '0.85em' }} />
            <Tooltip cursor={{ fill: 'var(--surface-sunken)' }} content={HourTip} />
            <Bar dataKey="kept" stackId="promise" fill="var(--primary)" isAnimationActive={false} />
            <Bar dataKey="broken" stackId="promise" fill="var(--danger)" isAnimationActive={false}>
              <LabelList dataKey="percent" position="top" fill="var(--ink)" fontSize="0.8em" />
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      <p className={styles['legend']} aria-hidden>
        <span data-of="kept">{t('supervision.wallboard.kept')}</span>
        <span data-of="broken">{t('supervision.wallboard.broken')}</span>
      </p>
      <ul className="visually-hidden">
        {rows.map((row) => (
          <li key={row.hour}>{t('supervision.wallboard.promiseOfHour', row)}</li>
        ))}
      </ul>
    </Card>
  )
}

function HourTip({ active, payload }: TooltipContentProps) {
  const { t } = useTranslation()
  const hour = payload[0]?.payload as Record<string, string | number> | undefined
  return active && hour ? <p className={styles['tip']}>{t('supervision.wallboard.promiseOfHour', hour)}</p> : null
}
