import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../../domain/quality/score'
import type { Question, QuestionKind } from '../../../domain/quality/scorecard'
import styles from './Quality.module.css'
import { useCardText } from './useCardText'

/** What may be answered to a kind of question, in the order of the keys. */
export function choicesOf(kind: QuestionKind): readonly Answer[] {
  return kind === 'scale' ? [1, 2, 3, 4, 5, 'na'] : ['yes', 'no', 'na']
}

/** @param current the one that a single key answers */
export function QuestionField({ question, answer, current, onAnswer }: { question: Question; answer: Answer | undefined; current: boolean; onAnswer: (answer: Answer) => void }) {
  const { t } = useTranslation()
  const textOf = useCardText()
  const name = useId()
  const { kind, weight } = question
  return (
    <fieldset className={styles['question']} data-current={current || undefined}>
      <legend>
        {textOf(question.text)} <span className={styles['soft']}>({kind === 'critical' ? t('quality.review.critical') : t('quality.review.weight', { weight })})</span>
      </legend>
      <div className={styles['choices']}>
        {choicesOf(kind).map((choice) => (
          <label key={choice} className={styles['choice']}>
            <input type="radio" name={name} checked={answer === choice} onChange={() => onAnswer(choice)} />
            {typeof choice === 'number' ? choice : t(`quality.answer.${choice}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
