import { useTranslation } from 'react-i18next'
import { Field } from '../design/Field'
import type { LeafValue } from '../review/changes'
import styles from './PolicyTab.module.css'

interface PolicySettingProps {
  label: string
  value: LeafValue
  changed: boolean
  error: string | undefined
  onChange: (value: LeafValue) => void
}

const deciding = ['release', 'freeze', 'refund'] as const

/** The kind of control follows from the kind of value. */
export function PolicySetting({ label, value, changed, error, onChange }: PolicySettingProps) {
  const { t } = useTranslation()
  if (typeof value === 'boolean')
    return (
      <label className={styles['check']} data-changed={changed}>
        <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
        {label}
      </label>
    )
  const className = changed ? styles['changed'] : undefined
  if (typeof value === 'string' && /^\d\d:\d\d$/.test(value))
    return (
      <Field label={label} error={error}>
        <input className={className} type="time" required value={value} onChange={(event) => onChange(event.target.value)} />
      </Field>
    )
  if (typeof value === 'string' && deciding.some((action) => action === value))
    return (
      <Field label={label} error={error}>
        <select className={className} value={value} onChange={(event) => onChange(event.target.value)}>
          {deciding.map((action) => (
            <option key={action} value={action}>
              {t(`terms.fundsAction.${action}`)}
            </option>
          ))}
        </select>
      </Field>
    )
  if (typeof value === 'string')
    return (
      <Field label={label} error={error}>
        <input className={className} value={value} onChange={(event) => onChange(event.target.value)} />
      </Field>
    )
  return (
    <Field label={label} error={error}>
      <input
        className={className}
        type="number"
        min="0"
        step="any"
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </Field>
  )
}
