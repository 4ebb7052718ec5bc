import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Answers } from '../../../domain/quality/score'
import { questionsOf } from '../../../domain/quality/scorecard'
import { quality, type ReviewView } from '../api/quality'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { Notice } from '../design/Notice'
import { ProblemNotice } from '../design/ProblemNotice'
import { useKeys } from '../design/useKeys'
import styles from './Quality.module.css'
import { choicesOf, QuestionField } from './QuestionField'
import { useCardText } from './useCardText'

export type Purpose = 'submit' | 'correct' | 'settle'

/** Scoring by mouse or by single keys: a key answers the first question without an answer. What is answered is kept at once. */
export function ScoreForm({ review, purpose, onDone }: { review: ReviewView; purpose: Purpose; onDone: (review: ReviewView) => void }) {
  const { t } = useTranslation()
  const textOf = useCardText()
  const drafting = purpose === 'submit'
  const last = review.versions.at(-1)
  const cards = review.scorecard && !review.applicable.some(({ id }) => id === review.scorecard?.id) ? [review.scorecard, ...review.applicable] : review.applicable
  const [cardId, setCardId] = useState(review.scorecard?.id ?? cards[0]?.id)
  const card = review.scorecard?.id === cardId ? review.scorecard : cards.find(({ id }) => id === cardId)
  const [answers, setAnswers] = useState<Answers>(review.draft?.answers ?? (drafting ? {} : (last?.answers ?? {})))
  const [comment, setComment] = useState(review.draft?.comment ?? '')
  const form = useRef<HTMLFormElement>(null)
  const scoring = (given = answers) => ({ answers: given, ...(comment.trim() ? { comment: comment.trim() } : {}), ...(drafting && cardId !== undefined ? { scorecardId: cardId } : {}) })
  const keep = useMutation({ scope: { id: `draft-${review.reviewId}` }, mutationFn: (given: Answers) => quality.draft(review.reviewId, scoring(given)) })
  const finish = useMutation({ mutationFn: () => quality[purpose === 'settle' ? 'settle' : 'submit'](review.reviewId, scoring()), onSuccess: onDone })
  const questions = card ? questionsOf(card.settings) : []
  const current = questions.find(({ id }) => answers[id] === undefined)

  function answer(id: string, given: Answer): void {
    const next = { ...answers, [id]: given }
    setAnswers(next)
    if (drafting) keep.mutate(next)
  }
  function answerCurrent(given: Answer): void {
    if (current && choicesOf(current.kind).includes(given)) answer(current.id, given)
  }
  useKeys({
    y: () => answerCurrent('yes'),
    n: () => answerCurrent('no'),
    '0': () => answerCurrent('na'),
    ...Object.fromEntries([1, 2, 3, 4, 5].map((step) => [String(step), () => answerCurrent(step)])),
    'ctrl+enter': () => form.current?.requestSubmit(),
  })

  if (!card) return <Notice tone="warn">{t('quality.review.none')}</Notice>
  return (
    <form
      ref={form}
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!finish.isPending) finish.mutate()
      }}
    >
      {drafting && cards.length > 1 && (
        <Field label={t('quality.review.scorecard')}>
          <select
            value={cardId}
            onChange={(event) => {
              setCardId(event.target.value)
              setAnswers({})
            }}
          >
            {cards.map(({ id, settings }) => (
              <option key={id} value={id}>
                {textOf(settings.name)}
              </option>
            ))}
          </select>
        </Field>
      )}
      <p className={styles['soft']}>{t('quality.review.keys')}</p>
      {card.settings.sections.map((section) => (
        <Card key={section.id} title={textOf(section.title)}>
          {section.questions.map((question) => (
            <QuestionField key={question.id} question={question} current={question.id === current?.id} answer={answers[question.id]} onAnswer={(given) => answer(question.id, given)} />
          ))}
        </Card>
      ))}
      <Field label={t('quality.review.comment')}>
        <textarea rows={3} maxLength={4_000} required={purpose === 'settle'} value={comment} onChange={(event) => setComment(event.target.value)} onBlur={() => drafting && Object.keys(answers).length > 0 && keep.mutate(answers)} />
      </Field>
      <div className={styles['foot']}>
        <p role="status" className={styles['soft']}>
          {t('quality.review.answered', { count: questions.length - questions.filter(({ id }) => answers[id] === undefined).length, all: questions.length })}{' '}
          {drafting && (keep.isPending ? t('quality.review.keeping') : keep.isSuccess && t('quality.review.kept'))}
        </p>
        <Button look="primary" type="submit" busy={finish.isPending} disabled={current !== undefined} hint="Ctrl ⏎">
          {t(`quality.review.${purpose}`)}
        </Button>
      </div>
      {keep.isError && <ProblemNotice problem={keep.error} onRetry={() => keep.mutate(answers)} />}
      {finish.isError && <ProblemNotice problem={finish.error} />}
    </form>
  )
}
