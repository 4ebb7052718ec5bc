import { z } from 'zod'
import type { Store } from './store'

const chance = z.union([z.boolean().transform(Number), z.number().min(0).max(1)])
const milliseconds = z.number().int().min(0).max(600_000)

/** Every fault that can be asked for, with what it does. Chances are 0–1 per occasion; `true` is 1. */
const known = {
  dropCallbacks: [chance, 'A status callback is never sent.'],
  repeatCallbacks: [chance, 'A status callback is sent a second time shortly after the first.'],
  reorderCallbacks: [chance, 'A status callback is held back for up to two seconds, so that later ones overtake it.'],
  delayCallbacksMs: [milliseconds, 'Every status callback leaves this many milliseconds late.'],
  answer429: [chance, 'Twilio API: answers 429 with code 20429; nothing was done.'],
  answer500: [chance, 'Twilio API: answers 500; nothing was done.'],
  answer500AfterAccepting: [chance, 'Twilio API: a write is carried out, then answered with 500.'],
  hang: [chance, 'Twilio API: a write is carried out and never answered.'],
  hangBeforeAccepting: [chance, 'Twilio API: a write is neither carried out nor answered.'],
  hangMs: [milliseconds, 'How long a hanging request is kept open before its connection is cut; 0 or absent: until the client leaves.'],
  fundsAnswer500: [chance, 'Payments core: answers 500; nothing was done.'],
  fundsAnswer500AfterAccepting: [chance, 'Payments core: the entry is made, then answered with 500.'],
  fundsPending: [chance, 'Payments core: answers `pending`; the signed confirmation follows later.'],
  fundsHang: [chance, 'Payments core: the entry is made and never answered.'],
  fundsConfirmationDelayMs: [milliseconds, 'How long a pending entry waits for its confirmation (1000 when absent).'],
  eventsAnswer500: [chance, "Risk engine's ear: answers 500; the event is not kept."],
} as const satisfies Record<string, [z.ZodType<number, number | boolean>, string]>

export type Fault = keyof typeof known
export type FaultSettings = Partial<Record<Fault, number>>

const names = Object.keys(known) as Fault[]
const shape = Object.fromEntries(names.map((n) => [n, known[n][0].optional()]))

/** Refuses what is not a fault, naming it. */
export const faultSettings = z.strictObject(shape) as unknown as z.ZodType<FaultSettings>

export const faultMeanings: Record<Fault, string> = Object.fromEntries(names.map((n) => [n, known[n][1]])) as Record<Fault, string>

export interface Faults {
  settings(): FaultSettings
  replace(settings: FaultSettings): void
  /** Draws whether the fault strikes this time. */
  strikes(fault: Fault): boolean
  milliseconds(fault: Fault, otherwise?: number): number
}

export function createFaults({ store }: { store: Store }): Faults {
  const table = store.table<FaultSettings>('faults')
  const settings = () => table.get('current') ?? {}
  return {
    settings,
    replace: (wanted) => void table.put('current', wanted),
    strikes: (fault) => Math.random() < (settings()[fault] ?? 0),
    milliseconds: (fault, otherwise = 0) => settings()[fault] ?? otherwise,
  }
}
