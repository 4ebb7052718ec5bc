import { z } from 'zod'
import type { FlaggedPayment } from '../../domain/flag'
import { securityLevel, securityLevels } from '../../domain/security'
import { dialModes, type DialMode } from '../../domain/status'
import type { Database } from '../../records/database'
import { moneyView } from './payment'
import { nameFor, type StoredPayer } from './person'
import { iso, nullableTime, time } from './time'

export const offerSchema = z
  .object({
    offerId: z.string(),
    caseId: z.string(),
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
  })
  .meta({ id: 'Offer' })
export type OfferView = z.output<typeof offerSchema>

export const presenceSchema = z
  .object({
    status: z.enum(['available', 'break', 'offline', 'offered', 'busy', 'wrap_up']),
    reason: z.string().nullable(),
    since: time,
    leaseUntil: time,
    caseId: z.string().nullable(),
    wrapUpUntil: nullableTime,
    next: z.enum(['available', 'break', 'offline']).meta({ description: 'what follows the call or the wrap-up' }),
    offer: offerSchema.nullable(),
  })
  .meta({ id: 'Presence' })
export type PresenceView = z.output<typeof presenceSchema>

/** The agent's presence with the offer on the screen, if there is one. */
export async function readPresence(db: Database, userId: string): Promise<PresenceView> {
  const [row, offer] = await Promise.all([db.presence.findUnique({ where: { userId } }), pendingOffer(db, userId)])
  const now = new Date()
  if (!row) return { status: 'offline', reason: null, since: iso(now), leaseUntil: iso(now), caseId: null, wrapUpUntil: null, next: 'available', offer }
  return {
    status: row.status as PresenceView['status'],
    reason: row.reason,
    since: iso(row.since),
    leaseUntil: iso(row.leaseUntil),
    caseId: row.caseId,
    wrapUpUntil: iso(row.wrapUpUntil),
    next: row.next as PresenceView['next'],
    offer,
  }
}

async function pendingOffer(db: Database, agentId: string): Promise<OfferView | null> {
  const offer = await db.offer.findFirst({ where: { agentId, status: 'pending', expiresAt: { gt: new Date() } } })
  return offer ? readOffer(db, offer.id) : null
}

/** What an agent must know before accepting; names stay masked until then. */
export async function readOffer(db: Database, offerId: string): Promise<OfferView> {
  const { case: theCase, ...offer } = await db.offer.findUniqueOrThrow({
    where: { id: offerId },
    include: {
      case: {
        include: {
          payments: { where: { decision: 'undecided' }, orderBy: [{ deadline: 'asc' }, { id: 'asc' }] },
          attempts: { where: { status: { not: 'ended' } }, orderBy: { number: 'desc' }, take: 1 },
        },
      },
    },
  })
  const payer = theCase.payer as unknown as StoredPayer
  return {
    offerId: offer.id,
    caseId: offer.caseId,
    expiresAt: iso(offer.expiresAt),
    deadline: iso(theCase.deadline),
    payer: { name: nameFor(payer.name, 'masked'), locale: theCase.locale, securityLevel: securityLevel(payer.security) },
    payments: theCase.payments.map((payment) => {
      const body = payment.body as unknown as FlaggedPayment
      return {
        paymentId: payment.id,
        amount: { amount: Number(payment.amount), currency: payment.currency },
        paidAt: iso(payment.paidAt),
        payeeName: nameFor(body.payee.name, 'masked'),
        method: body.method,
        score: payment.score,
        reasons: body.risk.rules.map(({ reason }) => reason),
      }
    }),
    priority: theCase.priority,
    mode: (theCase.attempts[0]?.mode as DialMode | undefined) ?? 'agent_first',
  }
}
