import { planPersona, type Persona } from './persona'
import { drawFrom, type Draw } from './seeded'
import { planMatters, type PlannedMatters } from './planMatters'
import { parts, type Part } from './product'

export interface PlannedFlag {
  /** After the payer's turn came. */
  afterMillis: number
  /** Without `paidAt`, which is this long before the flag is sent. */
  body: Record<string, unknown>
  paidSecondsBefore: number
  /** Sent once more, this long after it was answered. */
  againAfterMillis?: number
}

export interface PlannedPayer {
  payerId: string
  /** Not before this, and not before there is room for another open case. */
  atMillis: number
  phones: { number: string; persona: Persona }[]
  flags: PlannedFlag[]
  /** Rings the account's number this long after the turn came. */
  ringsBackAfterMillis?: number
}

/** A kill, once so many cases have begun and the part that was killed before is back; or at the next moment that leaves a narrow gap. */
export interface PlannedKill {
  /** Instead of being killed it stands still this long and then goes on, as if nothing had happened. */
  freezeMillis?: number
  afterCases: number
  pauseMillis: number
  part: Part
  /** Goes down with it, as machines do. */
  together?: Part
  aim?: { moment: Moment; afterMillis: number }
}
export const moments = ['flag', 'accept', 'verdict', 'join'] as const
export type Moment = (typeof moments)[number]

export interface PlannedFaults {
  lastsMillis: number
  faults: Record<string, number>
}

export interface Plan {
  seed: number
  payers: PlannedPayer[]
  matters: PlannedMatters
  claimsAfterSeconds?: number
  kills: PlannedKill[]
  faults: PlannedFaults[]
  agents: number
  /** More cases wait their turn, so that a slow machine makes the run longer and not another one. */
  mostOpenCases: number
  speed: number
}

export interface Size {
  cases: number
  agents: number
  mostOpenCases: number
  /** Between one case and the next. */
  everyMillis: number
  kills: number
  /** Chance that a kill waits for a moment that leaves a narrow gap. */
  aims: number
  /** Chance that a part is frozen rather than killed. */
  freezes: number
  /** Disputes, paused payments, disclosures and help with transfers, together. */
  matters: number
  /** When a claim to compensation is paid, after its verdict; absent: not in this run. */
  claimsAfterSeconds?: number
}

/** 200 cases in about ten minutes. */
export const full: Size = { cases: 200, agents: 8, mostOpenCases: 20, everyMillis: 2_000, kills: 70, aims: 0.6, freezes: 0.15, matters: 100, claimsAfterSeconds: 10 }
/** For every run of the tests: all kinds of cases at once, and each part killed once, at a bad moment. */
export const short: Size = { cases: 14, agents: 8, mostOpenCases: 14, everyMillis: 500, kills: parts.length, aims: 1, freezes: 0, matters: 8 }

export function makePlan(seed: number, size: Size): Plan {
  const { cases, agents, mostOpenCases, everyMillis } = size
  const draw = drawFrom(seed)
  const payers = Array.from({ length: cases }, (_, index) => planPayer(draw.apart(`payer ${index}`), index, index * everyMillis))
  return {
    seed,
    payers,
    matters: planMatters(draw.apart('matters'), size.matters, payers, cases * everyMillis, size.claimsAfterSeconds === undefined),
    claimsAfterSeconds: size.claimsAfterSeconds,
    kills: Array.from(planKills(draw.apart('kills'), size)),
    // More than will be needed: they end with the flags.
    faults: Array.from(planFaults(draw.apart('faults'), cases)),
    agents,
    mostOpenCases,
    speed: 5,
  }
}

/** Everybody's who may be rung. */
export function phonesOf({ payers, matters }: Plan): { number: string; persona: Persona }[] {
  return [...payers.flatMap(({ phones }) => phones), ...matters.checks.map(({ phone }) => phone), ...matters.helps.map(({ phone }) => phone)]
}

function planPayer(draw: Draw, index: number, atMillis: number): PlannedPayer {
  const numbers = draw.chance(0.2) ? 2 : 1
  const phones = Array.from({ length: numbers }, (_, nth) => ({ number: `+86138${String(1_000_0000 + index * 10 + nth)}`, persona: planPersona(draw) }))
  const payer = { id: `payer-${index}`, name: '李先生', phones: phones.map(({ number }) => number), locale: draw.chance(0.7) ? 'zh-CN' : 'en' }
  const count = draw.weighted({ 1: 70, 2: 20, 3: 10 })
  const flags = Array.from({ length: Number(count) }, (_, nth): PlannedFlag => ({
    afterMillis: nth === 0 ? 0 : draw.whole(0, 20_000),
    paidSecondsBefore: draw.chance(0.1) ? 200 : draw.whole(0, 20),
    ...(draw.chance(0.15) ? { againAfterMillis: draw.whole(0, 15_000) } : {}),
    body: {
      paymentId: `pay-${index}-${nth}`,
      amount: { amount: draw.whole(1_000, 2_000_000), currency: draw.one(['CNY', 'CNY', 'EUR']) },
      method: 'quick_payment',
      payer,
      payee: { id: `shop-${draw.whole(1, 9)}`, name: 'Air tickets' },
      risk: { score: draw.whole(20, 95), rules: [{ id: 'amount_above_usual', reason: '4x the usual amount' }] },
    },
  }))
  return { payerId: payer.id, atMillis, phones, flags, ...(draw.chance(0.08) ? { ringsBackAfterMillis: draw.whole(3_000, 20_000) } : {}) }
}

function* planKills(draw: Draw, { kills, cases, aims, freezes }: Size): Generator<PlannedKill> {
  for (let nth = 0, turn: Part[] = []; nth < kills; nth++) {
    // Each part has its turn before one comes again; which one is next is drawn.
    if (turn.length === 0) turn = [...parts]
    const [part] = turn.splice(draw.whole(0, turn.length - 1), 1) as [Part]
    yield {
      part,
      // Longer than it takes until its work is given to others.
      ...(draw.chance(freezes) ? { freezeMillis: draw.whole(11_000, 18_000) } : {}),
      afterCases: Math.floor(((nth + 0.5) / kills) * cases),
      pauseMillis: draw.between(0, 3_000),
      ...(draw.chance(0.15) ? { together: draw.one(parts.filter((other) => other !== part)) } : {}),
      ...(draw.chance(aims) ? { aim: { moment: draw.one(moments), afterMillis: draw.whole(0, 250) } } : {}),
    }
  }
}

function* planFaults(draw: Draw, count: number): Generator<PlannedFaults> {
  const up = (most: number, chance = 0.5) => (draw.chance(chance) ? Math.round(draw.between(0, most) * 100) / 100 : 0)
  for (; count > 0; count--)
    yield {
      lastsMillis: draw.between(8_000, 15_000),
      faults: {
        dropCallbacks: up(0.3),
        repeatCallbacks: up(0.5),
        reorderCallbacks: up(0.5),
        delayCallbacksMs: Math.round(up(1_500)),
        answer429: up(0.4),
        answer500: up(0.2),
        answer500AfterAccepting: up(0.4),
        hang: up(0.1),
        hangBeforeAccepting: up(0.1),
        hangMs: 2_000,
        fundsAnswer500: up(0.3),
        fundsAnswer500AfterAccepting: up(0.3),
        fundsPending: up(0.5),
        fundsHang: up(0.1),
        eventsAnswer500: up(0.3),
      },
    }
}
