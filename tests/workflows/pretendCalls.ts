import type { DialRequest, DialResult } from '../../activities/telephony'
import { callEnded, type CallEnded, keyPressed, machineAnswered, payerReached } from '../../domain/messages'
import type { Verdict } from '../../domain/verdict'
import type { AttemptOutcome } from '../../domain/status'
import type { Scene } from './scene'

/** One call on the pretended line: what really becomes of it, and what the case hears of it. */
export class PretendCall {
  readonly attemptId: string
  readonly callSid: string
  ended?: AttemptOutcome
  answered = false
  /** The provider has answered to the request, one way or the other. */
  taken = false

  constructor(
    readonly scene: Scene,
    readonly request: DialRequest,
  ) {
    this.attemptId = `${request.caseId}.${request.number}`
    this.callSid = `CA-${this.attemptId}`
  }

  after(seconds: number, event: () => Promise<unknown> | void): Promise<void> {
    return this.scene.after(seconds, async () => {
      if (!this.ended) await event()
    })
  }

  end(outcome: AttemptOutcome, { heard = true, keys }: { heard?: boolean; keys?: CallEnded['keys'] } = {}): Promise<unknown> | void {
    if (this.ended) return
    this.ended = outcome
    this.scene.note('ended', { attemptId: this.attemptId, outcome })
    if (heard) return this.scene.tell(callEnded, { attemptId: this.attemptId, outcome, ...(keys ? { keys } : {}) })
  }

  reach(needsAgent: boolean, agentId?: string): Promise<unknown> {
    this.answered = true
    return this.scene.tell(payerReached, { attemptId: this.attemptId, needsAgent, ...(agentId ? { agentId } : {}) })
  }

  press(digit: '1' | '2', paymentId = this.scene.paymentIds[0]!): Promise<unknown> {
    this.answered = true
    return this.scene.tell(keyPressed, { attemptId: this.attemptId, paymentId, digit })
  }

  machine(): Promise<unknown> {
    this.answered = true
    return this.scene.tell(machineAnswered, { attemptId: this.attemptId })
  }
}

/** What a phone does when it is dialled. */
export type Line = (call: PretendCall) => Promise<DialResult | void>

export const busy: Line = (call) => call.after(2, () => call.end('busy'))
export const rejects: Line = (call) => call.after(3, () => call.end('canceled'))
export const outOfReach: Line = (call) => call.after(1, () => call.end('failed'))
export const ringsOut: Line = (call) => call.after(call.request.ringSeconds, () => call.end('no_answer'))
export const hangsUp: Line = (call) => call.after(6, () => call.end('no_contact'))

/** A machine answers; it takes what is said to it, and the line closes 8 s later. */
export const machine: Line = (call) =>
  call.after(5, async () => {
    await call.machine()
    await call.after(8, () => call.end('voicemail'))
  })

export const refused: Line = async ({ attemptId }) => ({ made: false, attemptId, reason: 'provider_refused_21211' })

/** Answers after 4 s, and hangs up `seconds` after that. Meanwhile the agent does as told, from 10 s on. */
export function talks({ seconds = 30, verdict }: { seconds?: number; verdict?: Verdict['verdict'] } = {}): Line {
  return (call) =>
    call.after(4, async () => {
      await call.reach(call.request.mode !== 'agent_first')
      await call.after(seconds, () => call.end('contact'))
      if (verdict) await call.after(10, () => call.scene.giveVerdicts(verdict))
    })
}

/** Answers an automated call and presses one key. */
export function presses(digit: '1' | '2'): Line {
  return (call) =>
    call.after(8, async () => {
      await call.press(digit)
      await call.after(5, () => call.end('contact'))
    })
}
