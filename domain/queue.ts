import { z } from 'zod'
import { oneLine } from './text'
import { caseKinds } from './status'

/**
 * How a queue's cases are dialled. `adaptive`: agent first; shortly before the promise breaks customer first
 * where pacing permits it, otherwise automated. The others do one of these, or let the agent press "call".
 */
export const queueDialModes = ['adaptive', 'agent_first', 'customer_first', 'preview', 'automated'] as const
export type QueueDialMode = (typeof queueDialModes)[number]

const identifier = z.string().regex(/^[\w.:@-]{1,128}$/, 'expected an id')
export const skillName = z.string().refine((name) => /^[\p{L}\p{N}_-]{1,40}$/u.test(name), { error: 'expected 1 to 40 letters, digits, _ or -' })
export const skillLevel = z.int().min(1).max(5)
const words = <Item extends z.ZodType>(item: Item) => z.array(item).max(50).default([])

/** Whom a case is open to from a moment on. All skills, and one of the teams or agents; empty = no demand. */
export const queueStageSchema = z
  .strictObject({
    afterSeconds: z.int().min(0).max(86_400).meta({ description: 'after so long in the queue' }),
    skills: z.record(skillName, skillLevel).default({}).meta({ description: 'each with the least level, 1 to 5' }),
    language: z.boolean().default(false).meta({ description: 'only agents who speak the payer’s language' }),
    teams: z.array(identifier).max(50).default([]),
    agents: z.array(identifier).max(50).default([]),
  })
  .meta({ id: 'QueueStage' })
export type QueueStage = z.output<typeof queueStageSchema>

/** Which cases a queue takes. What is left out is no condition; one payment of the case must meet all that concern payments. */
export const queueCriteriaSchema = z
  .strictObject({
    kinds: words(z.enum(caseKinds)),
    languages: words(z.string().regex(/^[a-z]{2,3}$/, 'expected a language without a region, such as zh')),
    methods: words(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'expected a payment method, such as quick_payment')),
    currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code').optional(),
    amountFrom: z.int().min(0).optional().meta({ description: 'minor units' }),
    amountBelow: z.int().min(1).optional(),
    scoreFrom: z.int().min(0).max(100).optional(),
    scoreBelow: z.int().min(1).max(101).optional(),
  })
  .refine(({ amountFrom, amountBelow, currency }) => (amountFrom === undefined && amountBelow === undefined) || currency !== undefined, {
    path: ['currency'],
    error: 'expected a currency with a bound on the amount',
  })
  .refine(({ amountFrom = 0, amountBelow = Infinity }) => amountFrom < amountBelow, { path: ['amountBelow'], error: 'expected more than amountFrom' })
  .refine(({ scoreFrom = 0, scoreBelow = 101 }) => scoreFrom < scoreBelow, { path: ['scoreBelow'], error: 'expected more than scoreFrom' })

export const queueSchema = z
  .strictObject({
    name: oneLine(80),
    active: z.boolean().default(true),
    position: z.int().min(0).max(10_000).meta({ description: 'the first queue whose criteria a case meets takes it' }),
    criteria: queueCriteriaSchema,
    stages: z
      .array(queueStageSchema)
      .min(1)
      .max(10)
      .refine((stages) => stages[0]?.afterSeconds === 0, { error: 'expected the first stage at 0 seconds' })
      .refine((stages) => stages.every((stage, index) => index === 0 || stage.afterSeconds > stages[index - 1]!.afterSeconds), {
        error: 'expected each stage later than the one before',
      }),
    dialMode: z.enum(queueDialModes).default('adaptive'),
  })
  .meta({ id: 'QueueSettings' })
export type QueueSettings = z.output<typeof queueSchema>

/** Which stage a case is in after so long in its queue, and how many seconds after entering it the next one begins. */
export function stageAt(stages: readonly QueueStage[], seconds: number): { index: number; widensAfter?: number } {
  const index = Math.max(0, stages.findLastIndex(({ afterSeconds }) => afterSeconds <= seconds))
  const next = stages[index + 1]
  return { index, ...(next ? { widensAfter: next.afterSeconds } : {}) }
}

/** What matching compares with an agent's abilities (`staff_user.abilities`). */
export interface Demands {
  /** All of these. */
  required: string[]
  /** One of these, unless it is empty. */
  openTo: string[]
}

export function demandsOf({ skills, language, teams, agents }: QueueStage, locale: string): Demands {
  return {
    required: [...Object.entries(skills).map(([skill, level]) => `skill:${skill}:${level}`), ...(language ? [`language:${locale.split('-')[0]}`] : [])],
    openTo: [...teams.map((team) => `team:${team}`), ...agents.map((agent) => `agent:${agent}`)],
  }
}
