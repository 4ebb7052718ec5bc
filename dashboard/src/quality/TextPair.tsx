import { useTranslation } from 'react-i18next'
import { Field } from '../design/Field'
import styles from './TextPair.module.css'

interface TextPairProps {
  label: string
  max: number
  value: { en: string; zh: string }
  onChange: (value: { en: string; zh: string }) => void
}

/** One text in both languages. */
export function TextPair({ label, max, value, onChange }: TextPairProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['pair']}>
      <Field label={`${label} (${t('quality.card.english')})`}>
        <input required maxLength={max} lang="en" value={value.en} onChange={(event) => onChange({ ...value, en: event.target.value })} />
      </Field>
      <Field label={`${label} (${t('quality.card.chinese')})`}>
        <input required maxLength={max} lang="zh-CN" value={value.zh} onChange={(event) => onChange({ ...value, zh: event.target.value })} />
      </Field>
    </div>
  )
}
