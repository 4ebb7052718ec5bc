import type { Clock } from '../clock'
import { machineGreetingMs } from '../people/person'
import type { PersonaName } from '../people/persona'
import type { Detection } from './call'
import type { Leg } from './leg'

export interface Detected {
  answeredBy: 'human' | 'machine_start' | 'machine_end_beep' | 'unknown'
  /** Simulated milliseconds that it took. */
  durationMs: number
}

const humanMs = 2_500
const machineMs = 4_000

/** Listens to who answered. Gives up with `unknown` at its timeout; rejects when the call ends before. */
export async function detect(leg: Leg, persona: PersonaName, wish: Detection, clock: Clock): Promise<Detected> {
  const machine = persona === 'voicemail'
  const needs = machine ? (wish.untilMessageEnds ? machineGreetingMs + 200 : machineMs) : humanMs
  const durationMs = Math.min(needs, wish.timeoutSeconds * 1000)
  await clock.pass(durationMs, leg.over.signal)
  if (needs > durationMs) return { answeredBy: 'unknown', durationMs }
  if (!machine) return { answeredBy: 'human', durationMs }
  return { answeredBy: wish.untilMessageEnds ? 'machine_end_beep' : 'machine_start', durationMs }
}
