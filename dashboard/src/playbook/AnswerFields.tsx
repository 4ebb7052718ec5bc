import { useTranslation } from 'react-i18next'
import { scamTypes } from '../../../domain/money'
import { Problem } from '../api/problem'
import { Field } from '../design/Field'
import { BothLanguages } from './BothLanguages'
import type { Answer, Question } from './draft'
import { OrderButtons } from './OrderButtons'
import styles from './Playbook.module.css'

interface AnswerFieldsProps {
  answer: Answer
  index: number
  count: number
  /** All of them: an answer leads to one, or to a scam. */
  questions: readonly Question[]
  /** The question that it answers. */
  of: Question
  path: string
  problem: unknown
  onChange: (answer: Answer) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

export function AnswerFields({ answer, index, count, questions, of, path, problem, onChange, onMove, onRemove }: AnswerFieldsProps) {
  const { t } = useTranslation()
  const name = t('playbookEditor.answer', { number: index + 1 })
  const led = problem instanceof Problem ? problem.errors.filter(({ field }) => field === path || field === `${path}.next`).map(({ message }) => message) : []

  function lead(to: string): void {
    const [kind, id = ''] = to.split(':')
    const { say } = answer
    if (kind === 'question') onChange({ say, next: id })
    else if (kind === 'scam') onChange({ say, scam: id as NonNullable<Answer['scam']> })
    else onChange({ say })
  }

  return (
    <li className={styles['answer']}>
      <div className={styles['head']}>
        <strong>{name}</strong>
        <OrderButtons list={`answers-${of.id}`} name={name} index={index} count={count} fewest={2} onMove={onMove} onRemove={onRemove} />
      </div>
      <BothLanguages
        label={t('playbookEditor.says')}
        words={answer.say}
        path={`${path}.say`}
        problem={problem}
        onChange={(say) => onChange({ ...answer, say })}
      />
      <Field label={t('playbookEditor.leadsTo')} error={led.length > 0 ? led.join('; ') : undefined}>
        <select
          value={answer.next !== undefined ? `question:${answer.next}` : answer.scam !== undefined ? `scam:${answer.scam}` : ''}
          onChange={(event) => lead(event.target.value)}
        >
          <option value="">{t('playbookEditor.choose')}</option>
          <optgroup label={t('playbookEditor.questions')}>
            {questions.map(
              ({ id, ask }, place) =>
                id !== of.id && (
                  <option key={id} value={`question:${id}`}>
                    {t('playbookEditor.question', { number: place + 1 })}: {ask.en}
                  </option>
                ),
            )}
          </optgroup>
          <optgroup label={t('playbookEditor.scams')}>
            {scamTypes.map((type) => (
              <option key={type} value={`scam:${type}`}>
                {t(`terms.scam.${type}`)}
              </option>
            ))}
            <option value="scam:none">{t('playbookEditor.noScam')}</option>
          </optgroup>
        </select>
      </Field>
    </li>
  )
}
