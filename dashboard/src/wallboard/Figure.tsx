import styles from './Figure.module.css'

export interface FigureProps {
  label: string
  value: number | string
  note?: string | undefined
  tone?: 'plain' | 'good' | 'warn' | 'danger'
}

export function Figure({ label, value, note, tone = 'plain' }: FigureProps) {
  return (
    <div className={styles['figure']} data-tone={tone}>
      <span className={styles['label']}>{label}</span>
      <strong className={styles['value']}>{value}</strong>
      <span className={styles['note']}>{note}</span>
    </div>
  )
}
