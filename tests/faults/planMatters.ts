import type { DisputeRequest } from '../../domain/dispute/request'
import type { PlannedPayer } from './plan'
import { planPersona, type Persona } from './persona'
import { planHelp, type PlannedHelp } from './planHelp'
import type { Draw } from './seeded'

/** A payer disputes a payment: one that was flagged, perhaps in the middle of its callback, or one that nobody flagged. */
export interface PlannedDispute {
  atMillis: number
  body: Record<string, unknown> & Pick<DisputeRequest, 'paymentId'>
  flagged: boolean
  /** Decided when the payment's callback is over, or while it may still go on. */
  afterCallback: boolean
  advance: boolean
  /** Each decision in turn: the second one after an appeal. */
  decisions: ('upheld' | 'rejected')[]
}

/** A payment that the payment app asks about before it is made. */
export interface PlannedCheck {
  atMillis: number
  body: { paymentId: string } & Record<string, unknown>
  phone: { number: string; persona: Persona }
  /** What the payer does while it is paused. */
  does: 'chat' | 'cancel' | 'nothing'
  confirms: boolean
}

/** A request of an authority. */
export interface PlannedDisclosure {
  atMillis: number
  reference: string
}

/** What happens beside the callbacks. */
export interface PlannedMatters {
  disputes: PlannedDispute[]
  checks: PlannedCheck[]
  disclosures: PlannedDisclosure[]
  helps: PlannedHelp[]
}

/** For some of the payers' payments, and beside them, over the time in which the flags come. @param haste no payout may have to wait for a callback */
export function planMatters(draw: Draw, count: number, payers: PlannedPayer[], lastsMillis: number, haste: boolean): PlannedMatters {
  const some = <T>(share: number, plan: (draw: Draw, nth: number, atMillis: number) => T) =>
    Array.from({ length: Math.ceil(count * share) }, (_, nth) => plan(draw.apart(`${share} ${nth}`), nth, draw.whole(0, lastsMillis)))
  return {
    disputes: some(0.4, (own, nth, atMillis) => planDispute(own, nth, atMillis, payers, haste)),
    checks: some(0.3, planCheck),
    disclosures: some(0.1, (_, nth, atMillis) => ({ atMillis, reference: `file-${nth}` })),
    helps: some(0.2, planHelp),
  }
}

function planDispute(draw: Draw, nth: number, atMillis: number, payers: PlannedPayer[], haste: boolean): PlannedDispute {
  const flagged = draw.chance(0.4)
  // Each payer once, so that no payment is disputed twice.
  const payer = payers[(nth * 3) % payers.length]!
  const first = draw.one(['upheld', 'rejected', 'rejected'] as const)
  const appeals = first === 'rejected' && draw.chance(0.5)
  return {
    atMillis: flagged ? Math.max(atMillis, payer.atMillis) : atMillis,
    flagged,
    afterCallback: flagged && draw.chance(haste ? 1 : 0.5),
    advance: draw.chance(0.6),
    decisions: appeals ? [first, draw.one(['upheld', 'rejected'] as const)] : [first],
    body: {
      reason: draw.one(['not_me', 'wrong_place', 'wrong_amount']),
      ...(flagged
        ? { paymentId: String(payer.flags[0]!.body.paymentId) }
        : {
            paymentId: `face-${nth}`,
            payment: {
              paidAt: new Date(Date.now() - 3_600_000).toISOString(),
              amount: { amount: draw.whole(1_000, 2_000_000), currency: 'CNY' },
              method: 'face_payment',
              payee: { id: 'shop-12', name: 'Corner shop' },
            },
            payer: { id: `disputer-${nth}`, name: '王女士', phones: [`+86137${10_000_000 + nth}`] },
          }),
    },
  }
}

function planCheck(draw: Draw, nth: number, atMillis: number): PlannedCheck {
  const phone = { number: `+86139${10_000_000 + nth}`, persona: planPersona(draw) }
  return {
    atMillis,
    phone,
    does: draw.weighted({ chat: 40, cancel: 15, nothing: 45 }),
    confirms: draw.chance(0.6),
    body: {
      paymentId: `paused-${nth}`,
      amount: { amount: draw.whole(1_000, 2_000_000), currency: 'CNY' },
      method: 'transfer',
      payer: { id: `asker-${nth}`, name: '张先生', phones: [phone.number], locale: 'zh-CN' },
      payee: { id: 'goddess-520', name: '小仙女', known: false },
      // After a talk about the riskier ones another agent calls.
      risk: { score: draw.chance(0.5) ? draw.whole(90, 94) : draw.whole(62, 99), rules: [{ id: 'new_payee', reason: 'never paid before' }] },
    },
  }
}
