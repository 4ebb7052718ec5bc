import { useTranslation } from 'react-i18next'
import { questionKinds, type Question, type QuestionKind } from '../../../domain/quality/scorecard'
import { Button } from '../design/Button'
import { Field } from '../design/Field'
import styles from './Quality.module.css'
import { newQuestion, type Section } from './scorecardDraft'
import { TextPair } from './TextPair'

interface SectionFieldsProps {
  number: number
  section: Section
  onChange: (section: Section) => void
  onRemove: (() => void) | undefined
}

/** A section of a scorecard with its questions, which can be moved up, taken out and added. */
export function SectionFields({ number, section, onChange, onRemove }: SectionFieldsProps) {
  const { t } = useTranslation()
  const { questions } = section
  const put = (changed: Question[]) => onChange({ ...section, questions: changed })
  const moveUp = (index: number) => put(questions.map((one, at) => (at === index - 1 ? questions[index]! : at === index ? questions[index - 1]! : one)))
  return (
    <fieldset className={styles['group']}>
      <legend>{t('quality.card.section', { number })}</legend>
      <TextPair label={t('quality.card.section', { number })} max={120} value={section.title} onChange={(title) => onChange({ ...section, title })} />
      {questions.map((question, index) => (
        <QuestionFields
          key={question.id}
          label={t('quality.card.question', { number: `${number}.${index + 1}` })}
          question={question}
          onChange={(changed) => put(questions.map((one, at) => (at === index ? changed : one)))}
          onUp={index === 0 ? undefined : () => moveUp(index)}
          onRemove={questions.length === 1 ? undefined : () => put(questions.filter((_, at) => at !== index))}
        />
      ))}
      <div className={styles['actions']}>
        <Button onClick={() => put([...questions, newQuestion()])}>{t('quality.card.addQuestion')}</Button>
        {onRemove && (
          <Button aria-label={`${t('quality.card.remove')}: ${t('quality.card.section', { number })}`} onClick={onRemove}>
            {t('quality.card.remove')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

interface QuestionFieldsProps {
  label: string
  question: Question
  onChange: (question: Question) => void
  onUp: (() => void) | undefined
  onRemove: (() => void) | undefined
}

function QuestionFields({ label, question, onChange, onUp, onRemove }: QuestionFieldsProps) {
  const { t } = useTranslation()
  const { kind, weight } = question
  const become = (next: QuestionKind) => onChange({ ...question, kind: next, weight: next === 'critical' ? 0 : Math.max(1, weight) })
  return (
    <div className={styles['composed']}>
      <TextPair label={label} max={300} value={question.text} onChange={(text) => onChange({ ...question, text })} />
      <div className={styles['filter']}>
        <Field label={t('quality.card.kind')}>
          <select value={kind} onChange={(event) => become(event.target.value as QuestionKind)}>
            {questionKinds.map((each) => (
              <option key={each} value={each}>
                {t(`quality.card.kindOf.${each}`)}
              </option>
            ))}
          </select>
        </Field>
        {kind !== 'critical' && (
          <Field label={t('quality.card.weight')}>
            <input type="number" min={1} max={100} required value={weight} onChange={(event) => onChange({ ...question, weight: Number(event.target.value) })} />
          </Field>
        )}
        {onUp && (
          <Button aria-label={`${t('quality.card.up')}: ${label}`} onClick={onUp}>
            {t('quality.card.up')}
          </Button>
        )}
        {onRemove && (
          <Button aria-label={`${t('quality.card.remove')}: ${label}`} onClick={onRemove}>
            {t('quality.card.remove')}
          </Button>
        )}
      </div>
    </div>
  )
}
