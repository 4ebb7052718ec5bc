import { z } from 'zod'
import { verdictKinds } from '../money'
import { caseKinds } from '../status'
import { oneLine } from '../text'

/** `critical`: a "no" fails the whole call, whatever else was good; it has no weight of its own. */
export const questionKinds = ['yes_no', 'scale', 'critical'] as const
export type QuestionKind = (typeof questionKinds)[number]

const inBoth = (max: number) => z.strictObject({ en: oneLine(max), zh: oneLine(max) })
export const questionId = z.string().regex(/^[a-z0-9_]{1,40}$/, 'expected 1 to 40 small letters, digits or _')

const questionSchema = z
  .strictObject({
    id: questionId,
    kind: z.enum(questionKinds),
    text: inBoth(300),
    weight: z.int().min(0).max(100).meta({ description: 'how much it counts beside the others; 0 for a critical one' }),
  })
  .refine(({ kind, weight }) => (kind === 'critical') === (weight === 0), { path: ['weight'], error: 'expected 1 to 100, and 0 for a critical question' })
export type Question = z.output<typeof questionSchema>

export const scorecardSchema = z
  .strictObject({
    name: inBoth(80),
    active: z.boolean().default(true),
    /** Which calls it is for; what is left empty is no condition. */
    appliesTo: z.strictObject({
      kinds: z.array(z.enum(caseKinds)).max(caseKinds.length).default([]),
      verdicts: z.array(z.enum(verdictKinds)).max(verdictKinds.length).default([]),
      queues: z.array(oneLine(128)).max(50).default([]),
    }),
    sections: z
      .array(z.strictObject({ id: questionId, title: inBoth(120), questions: z.array(questionSchema).min(1).max(30) }))
      .min(1)
      .max(20),
  })
  .superRefine(({ sections }, context) => {
    const all = [...sections.map(({ id }, at) => ({ id, path: ['sections', at, 'id'] })), ...questionsOf({ sections }).map(({ id, path }) => ({ id, path }))]
    for (const [index, { id, path }] of all.entries())
      if (all.findIndex((one) => one.id === id) < index) context.addIssue({ code: 'custom', path, message: 'expected each id once' })
    if (questionsOf({ sections }).every(({ kind }) => kind === 'critical'))
      context.addIssue({ code: 'custom', path: ['sections'], message: 'expected at least one question with a weight' })
  })
  .meta({ id: 'ScorecardSettings' })
export type Scorecard = z.output<typeof scorecardSchema>

/** Every question in order, with its place. */
export function questionsOf({ sections }: Pick<Scorecard, 'sections'>): (Question & { path: (string | number)[] })[] {
  return sections.flatMap(({ questions }, at) => questions.map((question, place) => ({ ...question, path: ['sections', at, 'questions', place, 'id'] })))
}

export interface CallFacts {
  kind: string
  queueId: string | null
  verdicts: readonly string[]
}

/** Whether a scorecard is for a call: each condition that it has must hold. */
export function applies({ active, appliesTo: { kinds, verdicts, queues } }: Pick<Scorecard, 'active' | 'appliesTo'>, call: CallFacts): boolean {
  const among = (wanted: readonly string[], has: readonly string[]) => wanted.length === 0 || has.some((one) => wanted.includes(one))
  return active && among(kinds, [call.kind]) && among(verdicts, call.verdicts) && among(queues, call.queueId === null ? [] : [call.queueId])
}
