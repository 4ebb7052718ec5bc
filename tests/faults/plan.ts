import { drawFrom, type Draw } from './seeded'
import { parts, type Part } from './product'

export interface Persona {
  persona: string
  presses: string[]
  answersAfterSeconds: number
  patienceSeconds: number
}

export interface PlannedFlag {
  atMillis: number
  /** Without `paidAt`, which is this long before the flag is sent. */
  body: Record<string, unknown>
  paidSecondsBefore: number
  /** Sent once more, this long after it was answered. */
  againAfterMillis?: number
}

export interface PlannedPayer {
  payerId: string
  phones: { number: string; persona: Persona }[]
  flags: PlannedFlag[]
  /** Rings the account's number at this time. */
  ringsBackAtMillis?: number
}

/** A kill at a time, or at the moment when the robots do something that leaves a narrow gap. */
export interface PlannedKill {
  atMillis: number
  part: Part
  /** From `atMillis` on waits for the next such moment, and a little longer. */
  aim?: { moment: Moment; afterMillis: number }
}
export const moments = ['flag', 'accept', 'verdict', 'join'] as const
export type Moment = (typeof moments)[number]

export interface PlannedFaults {
  atMillis: number
  faults: Record<string, number>
}

export interface Plan {
  seed: number
  payers: PlannedPayer[]
  kills: PlannedKill[]
  faults: PlannedFaults[]
  agents: number
  /** When the last flag has been sent. */
  endsAtMillis: number
  speed: number
}

export interface Size {
  cases: number
  agents: number
  /** Between one case and the next. */
  everyMillis: number
  /** Between one kill and the next, from–to. */
  killEveryMillis: [number, number]
}

/** 200 cases in about ten minutes. */
export const full: Size = { cases: 200, agents: 8, everyMillis: 2_200, killEveryMillis: [5_000, 11_000] }
/** For every run of the tests: each part killed at least once. */
export const short: Size = { cases: 24, agents: 5, everyMillis: 1_300, killEveryMillis: [3_000, 5_500] }

export function makePlan(seed: number, { cases, agents, everyMillis, killEveryMillis }: Size): Plan {
  const draw = drawFrom(seed)
  const payers = Array.from({ length: cases }, (_, index) => planPayer(draw.apart(`payer ${index}`), index, index * everyMillis))
  const endsAtMillis = Math.max(...payers.flatMap(({ flags }) => flags.map((flag) => flag.atMillis)))
  return {
    seed,
    payers,
    kills: planKills(draw.apart('kills'), endsAtMillis, killEveryMillis),
    faults: planFaults(draw.apart('faults'), endsAtMillis),
    agents,
    endsAtMillis,
    speed: 5,
  }
}

function planPayer(draw: Draw, index: number, atMillis: number): PlannedPayer {
  const numbers = draw.chance(0.2) ? 2 : 1
  const phones = Array.from({ length: numbers }, (_, nth) => ({ number: `+86138${String(1_000_0000 + index * 10 + nth)}`, persona: planPersona(draw) }))
  const payer = { id: `payer-${index}`, name: '李先生', phones: phones.map(({ number }) => number), locale: draw.chance(0.7) ? 'zh-CN' : 'en' }
  const count = draw.weighted({ 1: 70, 2: 20, 3: 10 })
  const flags = Array.from({ length: Number(count) }, (_, nth): PlannedFlag => ({
    atMillis: atMillis + (nth === 0 ? 0 : draw.whole(0, 20_000)),
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
  return { payerId: payer.id, phones, flags, ...(draw.chance(0.08) ? { ringsBackAtMillis: atMillis + draw.whole(3_000, 20_000) } : {}) }
}

function planPersona(draw: Draw): Persona {
  return {
    persona: draw.weighted({ answers: 60, 'answers-third': 5, 'no-answer': 8, busy: 6, rejects: 4, 'hangs-up': 6, voicemail: 6, unreachable: 5 }),
    // What they press when a machine asks them: who they are, then what they say about each payment.
    presses: draw.one([['1', '1', '1'], ['1', '2', '1'], ['1', '0'], ['0'], ['9'], []]),
    answersAfterSeconds: draw.whole(1, 4),
    patienceSeconds: draw.whole(15, 40),
  }
}

function planKills(draw: Draw, endsAtMillis: number, [low, high]: [number, number]): PlannedKill[] {
  const kills: PlannedKill[] = []
  let queue: Part[] = []
  for (let at = draw.between(1_000, low); at < endsAtMillis + 5_000; at += draw.between(low, high)) {
    // Each part has its turn before one comes again; which one is next is drawn.
    if (queue.length === 0) queue = [...parts]
    const [part] = queue.splice(draw.whole(0, queue.length - 1), 1) as [Part]
    const aim = draw.chance(0.6) ? { moment: draw.one(moments), afterMillis: draw.whole(0, 250) } : undefined
    kills.push({ atMillis: at, part, ...(aim ? { aim } : {}) })
    // Now and then a second one goes down with it, as machines do.
    if (draw.chance(0.15)) kills.push({ atMillis: at + draw.between(0, 400), part: draw.one(parts.filter((other) => other !== part)) })
  }
  return kills
}

function planFaults(draw: Draw, endsAtMillis: number): PlannedFaults[] {
  const phases: PlannedFaults[] = []
  const up = (most: number, chance = 0.5) => (draw.chance(chance) ? Math.round(draw.between(0, most) * 100) / 100 : 0)
  for (let at = 0; at < endsAtMillis; at += draw.between(10_000, 20_000))
    phases.push({
      atMillis: at,
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
    })
  return phases
}
