import { z } from 'zod'
import type { FieldError } from '../flag'
import { questionId, questionsOf, type Question, type Scorecard } from './scorecard'

/** 1 to 5, 5 the best, where a question is a scale; `na`: the call gave no occasion. */
export const answerSchema = z.union([z.enum(['yes', 'no', 'na']), z.int().min(1).max(5)])
export type Answer = z.output<typeof answerSchema>

/** By the question's id. */
export const answersSchema = z.record(questionId, answerSchema).meta({ id: 'ReviewAnswers' })
export type Answers = z.output<typeof answersSchema>

export interface Score {
  /** Quarters of weight: a scale has four steps from 1 to 5, so that whole numbers are exact. */
  earned: number
  possible: number
  /** Whole percent, halves upwards; 0 when failed; null when nothing was to be judged. */
  percent: number | null
  /** A critical question was answered with no. */
  failed: boolean
}

const quarters = 4

/** What the answers earn on a scorecard. Questions without an answer, or with "no occasion", do not count. */
export function scoreOf(card: Pick<Scorecard, 'sections'>, answers: Answers): Score {
  let earned = 0
  let possible = 0
  let failed = false
  for (const question of questionsOf(card)) {
    const answer = answers[question.id]
    if (answer === undefined || answer === 'na') continue
    if (question.kind === 'critical') failed ||= answer === 'no'
    possible += question.weight * quarters
    earned += question.weight * quartersOf(answer)
  }
  return { earned, possible, percent: failed ? 0 : percentOf(earned, possible), failed }
}

/** One question's answer in whole percent; null without occasion. */
export function percentOfAnswer(answer: Answer): number | null {
  return answer === 'na' ? null : quartersOf(answer) * 25
}

function quartersOf(answer: Exclude<Answer, 'na'>): number {
  if (answer === 'yes') return quarters
  return answer === 'no' ? 0 : answer - 1
}

/** Whole numbers only: rounding must not depend on how a fraction is held. */
export function percentOf(earned: number, possible: number): number | null {
  return possible === 0 ? null : Math.floor((200 * earned + possible) / (2 * possible))
}

/** What is wrong with answers to a scorecard. @param whole every question must have one */
export function faultsOf(card: Pick<Scorecard, 'sections'>, answers: Answers, whole: boolean): FieldError[] {
  const questions = questionsOf(card)
  const unknown = Object.keys(answers).filter((id) => !questions.some((question) => question.id === id))
  return [
    ...unknown.map((id) => ({ field: `answers.${id}`, message: 'is not a question of this scorecard' })),
    ...questions.flatMap((question) => {
      const answer = answers[question.id]
      if (answer === undefined) return whole ? [{ field: `answers.${question.id}`, message: 'expected an answer' }] : []
      return fits(question, answer) ? [] : [{ field: `answers.${question.id}`, message: question.kind === 'scale' ? 'expected 1 to 5, or na' : 'expected yes, no or na' }]
    }),
  ]
}

function fits({ kind }: Question, answer: Answer): boolean {
  return answer === 'na' || (typeof answer === 'number') === (kind === 'scale')
}
