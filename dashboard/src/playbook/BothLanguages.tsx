import { useTranslation } from 'react-i18next'
import { problemAt } from '../api/problem'
import { Field } from '../design/Field'
import styles from './Playbook.module.css'

const languages = ['en', 'zh'] as const

/** Roughly, in the narrowest column; a field that is a line too tall does no harm. */
const widthOfLine = 24
const linesOf = (text: string) => Math.ceil(Array.from(text).reduce((width, sign) => width + (sign > '\u2e80' ? 2 : 1), 0) / widthOfLine)

interface Words {
  en: string
  zh: string
}

interface BothLanguagesProps {
  label: string
  words: Words
  /** At least. */
  rows?: number
  /** Where it stands in the document, and what the server said of it. */
  path: string
  problem: unknown
  onChange: (words: Words) => void
}

/** The same words in both languages, side by side. */
export function BothLanguages({ label, words, rows = 1, path, problem, onChange }: BothLanguagesProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['pair']}>
      {languages.map((language) => (
        <Field key={language} label={`${label} · ${t(`playbookEditor.${language}`)}`} error={problemAt(problem, `${path}.${language}`)}>
          <textarea rows={Math.max(rows, linesOf(words[language]))} lang={language} value={words[language]} onChange={(event) => onChange({ ...words, [language]: event.target.value })} />
        </Field>
      ))}
    </div>
  )
}
