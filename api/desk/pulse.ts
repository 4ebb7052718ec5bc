import { noteSign } from '../../records/presence'
import { endpoint, type Endpoint } from '../endpoint'
import type { DeskDeps } from './desk'

/** Milliseconds from one question to the next: while a payer or an offer waits for this agent, and otherwise. */
export const pulseMillis = { engaged: 4_000, idle: 10_000 }
// One answer may be late, or lost with a process that was replaced.
const mostUnanswered = 2

export interface PulseOptions {
  /** Asks the browser for a sign of life. */
  ask(): void
  /** Its last sign; another value is another sign. */
  lastSign(): Promise<number | undefined>
  engaged(): boolean
  /** The browser answered once and does not any more. */
  onLost(): void
  millis?: typeof pulseMillis
}

/**
 * A machine that loses its power closes nothing, and TCP finds out after minutes: the browser is asked over its event
 * stream whether it is there, and one that has stopped answering is gone. One that never answers is left alone.
 */
export function createPulse({ ask, lastSign, engaged, onLost, millis = pulseMillis }: PulseOptions): { stop(): void } {
  let seen: number | undefined
  let asked = false
  let everAnswered = false
  let unanswered = 0
  let stopped = false
  let timer = next()

  function next(): NodeJS.Timeout {
    return setTimeout(() => void look(), engaged() ? millis.engaged : millis.idle)
  }

  async function look(): Promise<void> {
    try {
      const sign = await lastSign()
      const answered = asked && sign !== seen
      everAnswered ||= answered
      unanswered = answered ? 0 : unanswered + 1
      seen = sign
    } catch {
      // Without the database no answer could be taken either.
    }
    if (stopped) return
    if (everAnswered && unanswered >= mostUnanswered) return onLost()
    ask()
    asked = true
    timer = next()
  }

  return {
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** What the browser answers with. */
export function pulseEndpoints({ db, gate }: DeskDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/desk/pulse',
      tag: 'desk',
      summary: 'Say that this desk is there',
      description: 'The answer to each `pulse` of the event stream. Whoever has answered once and stops is taken for gone, and a payer on the line gets somebody else; whoever never does is not.',
      access: gate.staff('agent', 'supervisor'),
      answers: { 204: { description: 'Heard.' } },
      handle: ({ caller }) => noteSign(db, caller.id),
    }),
  ]
}
