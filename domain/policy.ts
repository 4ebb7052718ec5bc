import { z } from 'zod'
import { approvalPolicySchema } from './approvalPolicy'
import { defaultApprovals } from './approvals'
import { defaultDisclosureRules, disclosedFields, legalBases } from './disclosure/disclosure'
import { compensationPolicySchema, disputePolicySchema } from './dispute/policy'
import { undecidedEndings, verdictKinds } from './money'
import { defaultSampling } from './quality/sampling'
import { reminderPolicySchema } from './reminder/policy'
import { attemptOutcomes, type AttemptOutcome } from './status'
import { thirdPartyPolicySchema } from './thirdParty/policy'
import { transferHelpPolicySchema } from './transferHelp/policy'
import { transferCheckPolicy } from './transfers/policy'
import { minorUnits, score, seconds } from './units'

const days = z.int().min(1).max(36_500)
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day, such as 08:00')
const deciding = z.enum(['release', 'freeze', 'refund'])

/**
 * Everything that is policy rather than code. Versioned in PostgreSQL; a case keeps the version it
 * started with. All durations are in seconds, all amounts in minor units of the payment's currency.
 */
export const policySchema = z.strictObject({
  /** The promise: the phone rings this long after the payment. */
  promiseSeconds: seconds,
  /** How long a phone rings before it counts as not answered. */
  ringSeconds: z.number().positive().max(600),
  /** Attempts in one case, over all numbers. */
  maxAttempts: z.int().min(1).max(50),
  /** Attempts to one person in 24 hours, over all cases. */
  maxAttemptsPerPersonPerDay: z.int().min(1).max(200),
  retrySeconds: z.record(z.enum(attemptOutcomes), seconds),
  /** An offer that nobody answers moves on after this long. */
  offerSeconds: seconds,
  /** How long an agent has after the call, and how long a missing verdict is waited for. */
  wrapUpSeconds: seconds,
  /** By how much an agent may make a wrap-up longer, once. */
  wrapUpExtensionSeconds: seconds.default(60),
  /** Chats that one agent may have at once, unless something else is arranged for the agent. */
  chatsPerAgent: z.int().min(1).max(20).default(3),
  /** Calls are offered to agents who have chats, too. Nobody ever has two calls, and no chat is offered during a call. */
  callsBesideChats: z.boolean().default(false),
  /** Without a reserved agent the phone is dialled this long before the promise breaks, earlier when many wait. */
  dialReserveSeconds: seconds,
  /** How long an agent whose own line broke may take to come back before somebody else is sought for the payer on the line. */
  agentReturnSeconds: seconds.default(15),
  /** How long a payer who is on the line waits for an agent before we apologise and ring off. */
  maxHoldingSeconds: seconds,
  /** Calling starts at the latest after this long when the payments core does not confirm the hold. */
  holdBeforeCallSeconds: seconds,
  /** A case whose payments are still undecided after this long ends in the declared default. */
  holdExpirySeconds: seconds,
  /**
   * Whether a bridged talk needs the agent's own leg in the conference too. Off, the payer's leg and an
   * agent who accepted are enough, as with desks that bring their own telephone.
   */
  contactNeedsAgentLeg: z.boolean().default(false),
  /** Talks are recorded, and the payer is told so before. */
  recordCalls: z.boolean().default(true),
  /** What is said in a recorded talk is written down too, by the telephone provider; the payer is told so. */
  transcribeCalls: z.boolean().default(false),
  /** After so many days: recordings are deleted at the provider, and the personal data of closed cases, and of checks that never became a case, is erased. */
  retentionDays: z
    // Wrong answers to a masked name count for 90 days.
    .strictObject({ recordings: days.default(180), personalData: days.default(1_825), checks: days.min(90).default(180) })
    .default({ recordings: 180, personalData: 1_825, checks: 180 }),
  /** When calling is welcome, in the payer's own time of day; see the override. */
  callingHours: z.strictObject({ from: timeOfDay, until: timeOfDay }).default({ from: '08:00', until: '21:00' }),
  /** A callback about fraud rings at any hour and despite do-not-call; each such attempt says so. */
  fraudOverride: z.boolean().default(true),
  /** A keypress "it was me" releases by itself only below both. */
  keypressReleaseBelow: z.strictObject({ score, amount: minorUnits }),
  answerReminder: reminderPolicySchema.prefault({}),
  verdictActions: z.record(z.enum(verdictKinds), z.strictObject({ funds: deciding, restrictAccount: z.boolean() })),
  defaultActions: z.record(z.enum(undecidedEndings), deciding),
  /**
   * Phones may ring before an agent is reserved only while no more than this share of the live calls of the window can
   * turn out abandoned: the payer was in the talk for so many seconds, and no agent.
   */
  pacing: z
    .strictObject({ maxAbandonedPercent: z.number().min(0).max(100), windowSeconds: seconds, answerSeconds: seconds })
    .default({ maxAbandonedPercent: 3, windowSeconds: 86_400, answerSeconds: 2 }),
  /** Whoever was met by an abandoned call, or whose machine was, is rung only with an agent reserved from then on. */
  agentFirstAfterBadCall: z.boolean().default(true),
  /** In a queue with preview, how long an agent may look at the case before the phone is dialled by itself. */
  previewSeconds: seconds.default(45),
  /** What a transfer needs before it may go. */
  transferCheck: transferCheckPolicy.prefault({}),
  /** What takes two persons, and who they may be. */
  approvals: approvalPolicySchema.default(defaultApprovals),
  /** After security guidance: when the payer is sent the steps, and when the payments core is asked whether the security rose. */
  guidanceFollowUp: z
    .strictObject({ messageSeconds: seconds.default(600), firstLookSeconds: seconds.default(86_400), secondLookSeconds: seconds.default(7 * 86_400) })
    .prefault({}),
  /** What of a person an authority may be told, by the legal basis of its request; how long a package and a link to it last. */
  disclosure: z
    .strictObject({
      bases: z.record(z.enum(legalBases), z.record(z.enum(disclosedFields), z.boolean())),
      packageSeconds: seconds,
      linkSeconds: seconds,
    })
    .default(defaultDisclosureRules),
  /** Which calls are reviewed: see `SamplingPolicy`. */
  quality: z
    .strictObject({
      perAgentPerWeek: z.int().min(0).max(100).default(defaultSampling.perAgentPerWeek),
      sharePercent: z.number().min(0).max(100).default(defaultSampling.sharePercent),
      always: z.strictObject({ overturned: z.boolean(), complaint: z.boolean(), abandoned: z.boolean(), scam: z.boolean() }).default(defaultSampling.always),
    })
    .default(defaultSampling),
  /** Clocks of disputes. */
  disputes: disputePolicySchema.prefault({}),
  /** What is compensated in full without being asked for. */
  compensation: compensationPolicySchema.prefault({}),
  /** Help after a transfer that went wrong. */
  transferHelp: transferHelpPolicySchema.prefault({}),
  /** Third parties in a talk, by telephone. */
  thirdParty: thirdPartyPolicySchema.prefault({}),
})
export type Policy = z.output<typeof policySchema>

/**
 * A policy as it was stored, perhaps by another release: what that one did not know has its default, and what
 * we do not know is left out, so that releases may run side by side during an upgrade.
 */
export const storedPolicySchema = z.object(policySchema.shape)

export interface VersionedPolicy {
  version: number
  body: Policy
}

/** Version 1: what a fresh installation starts with. */
export const defaultPolicy: Policy = {
  promiseSeconds: 180,
  ringSeconds: 25,
  maxAttempts: 5,
  maxAttemptsPerPersonPerDay: 12,
  retrySeconds: { contact: 30, no_contact: 60, voicemail: 120, no_answer: 60, busy: 60, failed: 30, canceled: 30 },
  offerSeconds: 15,
  wrapUpSeconds: 30,
  wrapUpExtensionSeconds: 60,
  chatsPerAgent: 3,
  callsBesideChats: false,
  dialReserveSeconds: 60,
  agentReturnSeconds: 15,
  maxHoldingSeconds: 60,
  holdBeforeCallSeconds: 10,
  holdExpirySeconds: 86_400,
  contactNeedsAgentLeg: false,
  recordCalls: true,
  transcribeCalls: false,
  retentionDays: { recordings: 180, personalData: 1_825, checks: 180 },
  callingHours: { from: '08:00', until: '21:00' },
  fraudOverride: true,
  keypressReleaseBelow: { score: 60, amount: 100_000 },
  answerReminder: reminderPolicySchema.parse({}),
  verdictActions: {
    owner_confirmed: { funds: 'release', restrictAccount: false },
    not_owner: { funds: 'freeze', restrictAccount: true },
    scam: { funds: 'freeze', restrictAccount: false },
    unsure: { funds: 'freeze', restrictAccount: false },
  },
  defaultActions: { unreachable: 'freeze', denied_by_keypress: 'freeze', no_verdict: 'freeze', hold_expired: 'freeze' },
  pacing: { maxAbandonedPercent: 3, windowSeconds: 86_400, answerSeconds: 2 },
  agentFirstAfterBadCall: true,
  previewSeconds: 45,
  transferCheck: transferCheckPolicy.parse({}),
  approvals: defaultApprovals,
  disclosure: defaultDisclosureRules,
  guidanceFollowUp: { messageSeconds: 600, firstLookSeconds: 86_400, secondLookSeconds: 604_800 },
  quality: defaultSampling,
  disputes: disputePolicySchema.parse({}),
  compensation: compensationPolicySchema.parse({}),
  transferHelp: transferHelpPolicySchema.parse({}),
  thirdParty: thirdPartyPolicySchema.parse({}),
}

export function retryMillis(policy: Policy, outcome: AttemptOutcome): number {
  return policy.retrySeconds[outcome] * 1_000
}
