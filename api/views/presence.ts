import { z } from 'zod'
import type { FlaggedPayment } from '../../domain/flag'
import { securityLevel, securityLevels } from '../../domain/security'
import type { PaymentCheckBody } from '../../domain/reminder/body'
import type { CheckReason, HelpChannel } from '../../domain/reminder/check'
import { caseKinds, dialModes, type CaseKind, type DialMode } from '../../domain/status'
import type { Presence } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { currentPolicy, policyVersion } from '../../records/policy'
import { chatSchema, readChats } from './chats'
import { moneyView } from './payment'
import { nameFor, type StoredPayer } from './person'
import { iso, nullableTime, time } from './time'

export const offerSchema = z
  .object({
    offerId: z.string(),
    caseId: z.string(),
    kind: z.enum(caseKinds),
    channel: z.enum(['voice', 'chat']).meta({ description: 'how you will talk with the payer' }),
    expiresAt: time,
    deadline: time,
    payer: z.object({ name: z.string().meta({ description: 'masked' }), locale: z.string(), securityLevel: z.enum(securityLevels) }),
    payments: z.array(
      z.object({
        paymentId: z.string(),
        amount: moneyView,
        paidAt: time,
        payeeName: z.string(),
        method: z.string(),
        score: z.int(),
        reasons: z.array(z.string()),
      }),
    ),
    priority: z.int(),
    mode: z.enum(dialModes).meta({ description: 'agent_first: the phone rings after you accept; otherwise somebody is ringing or on the line already' }),
    transfer: z.object({ from: z.string(), note: z.string().nullable() }).nullable().meta({ description: 'a colleague hands their call over' }),
  })
  .meta({ id: 'Offer' })
export type OfferView = z.output<typeof offerSchema>

export const presenceSchema = z
  .object({
    status: z.enum(['available', 'break', 'offline', 'offered', 'busy', 'wrap_up']),
    reason: z.string().nullable(),
    since: time,
    leaseUntil: time,
    caseId: z.string().nullable().meta({ description: 'the case with the call, or the one that is offered; otherwise the oldest of the chats' }),
    wrapUpUntil: nullableTime,
    wrapUpExtended: z.boolean().meta({ description: 'made longer already, which is possible once' }),
    next: z.enum(['available', 'break', 'offline']).meta({ description: 'what follows the call or the wrap-up' }),
    offer: offerSchema.nullable(),
    chats: z.array(chatSchema).meta({ description: 'in the order in which they came' }),
    chatLimit: z.int().min(0).meta({ description: 'how many chats this agent may have at once' }),
  })
  .meta({ id: 'Presence' })
export type PresenceView = z.output<typeof presenceSchema>

/** The agent's presence with the offer on the screen, if there is one. */
export async function readPresence(db: Database, userId: string): Promise<PresenceView> {
  const [row] = await sqlOf(db).$queryRaw<(Presence & { offerId: string | null; chatLimit: number | null; policyVersion: number | null })[]>`
    SELECT p.status, p.reason, p.since, p.lease_until AS "leaseUntil", p.case_id AS "caseId", p.wrap_up_until AS "wrapUpUntil", p.wrap_up_extended AS "wrapUpExtended", p.next, p.chats, u.chat_limit AS "chatLimit", (SELECT max(version) FROM policy) AS "policyVersion", o.id AS "offerId"
    FROM presence p JOIN staff_user u ON u.id = p.user_id LEFT JOIN offer o ON o.agent_id = p.user_id AND o.status = 'pending' AND o.expires_at > now()
    WHERE p.user_id = ${userId}`
  const now = iso(new Date())
  const policy = row?.policyVersion ? await policyVersion(sqlOf(db), row.policyVersion) : (await currentPolicy(sqlOf(db))).body
  const chatLimit = row?.chatLimit ?? policy.chatsPerAgent
  if (!row) return { status: 'offline', reason: null, since: now, leaseUntil: now, caseId: null, wrapUpUntil: null, wrapUpExtended: false, next: 'available', offer: null, chats: [], chatLimit }
  const chats = row.chats > 0 ? await readChats(db, userId) : []
  return {
    status: row.status as PresenceView['status'],
    reason: row.reason,
    since: iso(row.since),
    leaseUntil: iso(row.leaseUntil),
    caseId: row.caseId ?? chats[0]?.caseId ?? null,
    wrapUpUntil: iso(row.wrapUpUntil),
    wrapUpExtended: row.wrapUpExtended,
    next: row.next as PresenceView['next'],
    offer: row.offerId ? await readOffer(db, row.offerId) : null,
    chats,
    chatLimit,
  }
}

interface StoredOffer {
  caseId: string
  kind: CaseKind
  channel: HelpChannel
  expiresAt: Date
  deadline: Date
  payer: StoredPayer
  locale: string
  priority: number
  mode: DialMode | null
  payments: FlaggedPayment[] | null
  check: { body: PaymentCheckBody; score: number; reasons: CheckReason[]; opened_at: string } | null
  transfer: OfferView['transfer']
}

/** What an agent must know before accepting; names stay masked until then. */
export async function readOffer(db: Database, offerId: string): Promise<OfferView> {
  const [offer] = await sqlOf(db).$queryRaw<StoredOffer[]>`
    SELECT c.id AS "caseId", c.kind, c.channel, o.expires_at AS "expiresAt", c.deadline, c.payer, c.locale, c.priority,
      (SELECT json_build_object('from', f.name, 'note', w.note) FROM warm_transfer w JOIN staff_user f ON f.id = w.from_agent_id WHERE w.id = o.transfer_id) AS transfer,
      (SELECT a.mode FROM attempt a WHERE a.case_id = c.id AND a.status <> 'ended' ORDER BY a.number DESC LIMIT 1) AS mode,
      (SELECT jsonb_agg(p.body ORDER BY p.deadline, p.id) FROM flagged_payment p WHERE p.case_id = c.id AND p.decision = 'undecided') AS payments,
      (SELECT to_jsonb(k) FROM payment_check k WHERE k.case_id = c.id) AS check
    FROM offer o JOIN risk_case c ON c.id = o.case_id WHERE o.id = ${offerId}`
  if (!offer) throw new Error(`there is no offer ${offerId}`)
  const { caseId, kind, payer, locale, priority, mode } = offer
  return {
    offerId,
    caseId,
    kind,
    channel: offer.channel,
    expiresAt: iso(offer.expiresAt),
    deadline: iso(offer.deadline),
    payer: { name: nameFor(payer.name, 'masked'), locale, securityLevel: securityLevel(payer.security) },
    payments: [...(offer.payments ?? []), ...(offer.check ? [aboutToBeMade(offer.check)] : [])].map(({ paymentId, amount, paidAt, payee, method, risk }) => ({
      paymentId,
      amount,
      paidAt,
      payeeName: nameFor(payee.name, 'masked'),
      method,
      score: risk.score,
      reasons: risk.rules.map(({ reason }) => reason),
    })),
    priority,
    mode: mode ?? 'agent_first',
    transfer: offer.transfer,
  }
}

/** A paused payment in the words of a flagged one. */
function aboutToBeMade({ body, score, reasons, opened_at }: NonNullable<StoredOffer['check']>): Pick<FlaggedPayment, 'paymentId' | 'amount' | 'paidAt' | 'payee' | 'method'> & {
  risk: Pick<FlaggedPayment['risk'], 'score' | 'rules'>
} {
  const { paymentId, amount, payee, method } = body
  return { paymentId, amount, paidAt: iso(new Date(opened_at)), payee, method, risk: { score, rules: reasons } }
}
