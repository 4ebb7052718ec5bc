import { Field } from '../design/Field'
import styles from './Rules.module.css'

/** Roughly, in the narrowest column; a field that is a line too tall does no harm. */
const charactersInLine = 50

/** A Chinese character takes the room of two others. */
const widthOf = (line: string) => line.replaceAll(/\p{Script=Han}/gu, '  ').length

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
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / charactersInLine)), 0)
  return (
    <Field label={label} {...(error === undefined ? {} : { error })}>
      <textarea
        className={changed ? styles['changed'] : undefined}
        lang={language}
        rows={Math.min(lines, 10)}
        readOnly={readOnly}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
