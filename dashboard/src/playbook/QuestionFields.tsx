import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Notice } from '../design/Notice'
import { AnswerFields } from './AnswerFields'
import { BothLanguages } from './BothLanguages'
import { emptyAnswer, moved, type Question } from './draft'
import { OrderButtons } from './OrderButtons'
import styles from './Playbook.module.css'

interface QuestionFieldsProps {
  question: Question
  index: number
  questions: readonly Question[]
  problem: unknown
  onChange: (question: Question) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

const mostAnswers = 9

/** A question with its answers; the one on top is asked first. */
export function QuestionFields({ question, index, questions, problem, onChange, onMove, onRemove }: QuestionFieldsProps) {
  const { t } = useTranslation()
  const name = t('playbookEditor.question', { number: index + 1 })
  const path = `body.questions.${index}`
  const own = problem instanceof Problem ? problem.errors.filter(({ field }) => field === path) : []
  const { answers } = question
  return (
    <Card
      title={index === 0 ? `${name} · ${t('playbookEditor.first')}` : name}
      aside={<OrderButtons list="questions" name={name} index={index} count={questions.length} fewest={1} onMove={onMove} onRemove={onRemove} />}
    >
      {own.map(({ message }) => (
        <Notice key={message} tone="danger">
          {message}
        </Notice>
      ))}
      <BothLanguages
        label={t('playbookEditor.asks')}
        words={question.ask}
        path={`${path}.ask`}
        problem={problem}
        onChange={(ask) => onChange({ ...question, ask })}
      />
      <ol className={styles['answers']}>
        {answers.map((answer, place) => (
          <AnswerFields
            // oxlint-disable-next-line react/no-array-index-key -- an answer is its place
            key={place}
            answer={answer}
            index={place}
            count={answers.length}
            questions={questions}
            of={question}
            path={`${path}.answers.${place}`}
            problem={problem}
            onChange={(changed) => onChange({ ...question, answers: answers.with(place, changed) })}
            onMove={(by) => onChange({ ...question, answers: moved(answers, place, by) })}
            onRemove={() => onChange({ ...question, answers: answers.toSpliced(place, 1) })}
          />
        ))}
      </ol>
      <Button
        disabled={answers.length >= mostAnswers}
        aria-label={`${t('playbookEditor.addAnswer')}: ${name}`}
        onClick={() => onChange({ ...question, answers: [...answers, emptyAnswer] })}
      >
        {t('playbookEditor.addAnswer')}
      </Button>
    </Card>
  )
}
