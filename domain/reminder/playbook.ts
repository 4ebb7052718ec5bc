import { z } from 'zod'
import { freeText } from '../text'
import { scamTypes } from '../money'

const words = (max: number) => z.strictObject({ en: freeText(max).min(1), zh: freeText(max).min(1) })
const id = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected lower-case letters, digits and _, such as met_in_person')

/** An answer leads to the next question, or says which scam it probably is; `none` is no scam. */
const answerSchema = z
  .strictObject({ say: words(200), next: id.optional(), scam: z.enum([...scamTypes, 'none']).optional() })
  .refine(({ next, scam }) => (next === undefined) !== (scam === undefined), { error: 'expected either the next question or a scam' })

/**
 * The questions by which an agent recognises a scam while the payer tells, with the words that explain it. A tree of
 * few questions: whoever answers gets from the first question to a scam, and never round in a circle.
 */
export const playbookSchema = z
  .strictObject({
    start: id,
    questions: z
      .array(z.strictObject({ id, ask: words(400), answers: z.array(answerSchema).min(2).max(9) }))
      .min(1)
      .max(60),
    scams: z.record(z.enum(scamTypes), z.strictObject({ how: words(800), advise: words(800) })),
  })
  .superRefine(({ start, questions }, context) => {
    const known = new Map(questions.map((question) => [question.id, question]))
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (known.size !== questions.length) complain(['questions'], 'expected each id once')
    if (!known.has(start)) complain(['start'], 'expected the id of a question')
    for (const [index, { answers }] of questions.entries())
      for (const [place, { next }] of answers.entries())
        if (next !== undefined && !known.has(next)) complain(['questions', index, 'answers', place, 'next'], 'expected the id of a question')
    const reached = new Set<string>()
    const circle = walk(start, known, [], reached)
    if (circle) complain(['questions'], `expected no circle, and ${circle} leads back to itself`)
    for (const [index, question] of questions.entries())
      if (!reached.has(question.id)) complain(['questions', index], 'expected a question that can be reached')
  })
  .meta({ id: 'ScamPlaybook' })
export type Playbook = z.output<typeof playbookSchema>

/** @returns the id of a question that leads back to itself, if there is one */
function walk(from: string, known: Map<string, { answers: { next?: string | undefined }[] }>, way: string[], reached: Set<string>): string | undefined {
  if (way.includes(from)) return from
  if (reached.has(from)) return undefined
  reached.add(from)
  for (const { next } of known.get(from)?.answers ?? []) {
    const circle = next === undefined ? undefined : walk(next, known, [...way, from], reached)
    if (circle) return circle
  }
  return undefined
}
