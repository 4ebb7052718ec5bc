import { Field } from '../design/Field'
import styles from './Rules.module.css'

interface ScriptTextFieldProps {
  label: string
  /** Of the text, so that it is pronounced and spelt right. */
  language: string
  text: string
  readOnly: boolean
  changed: boolean
  error: string | undefined
  onChange: (text: string) => void
}

/** One text of a script; as tall as it needs to be. */
export function ScriptTextField({ label, language, text, readOnly, changed, error, onChange }: ScriptTextFieldProps) {
  const lines = Math.max(text.split('\n').length, Math.ceil(text.length / 70))
  return (
    <Field label={label} {...(error === undefined ? {} : { error })}>
      <textarea
        className={changed ? styles['changed'] : undefined}
        lang={language}
        rows={Math.min(lines, 8)}
        readOnly={readOnly}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
