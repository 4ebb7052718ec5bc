import { ActivityFailure, condition, log } from '@temporalio/workflow'
import { dialPriority } from '../domain/priority'
import type { AttemptOutcome, DialMode } from '../domain/status'
import { findAgent, type SearchResult } from './agentSearch'
import { dialling, dispatch, telephony } from './activities'
import type { CaseState, LiveCall } from './caseState'

// Beyond the provider's own ring timeout: then its callbacks are lost, and we ask.
const secondsOfSilence = { ringing: 20, talking: 60, longTalk: 300 }

/** Rings the payer, again and again by policy, until every payment is decided or policy says that it is enough. */
export async function converse(state: CaseState): Promise<void> {
  while (mayCallAgain(state)) {
    if (state.appointmentAt !== undefined && state.nextDeadline === undefined) await pause(state, Date.now())
    const { agentId, look } = await findAgent(state, (backlog) => Math.min(dialBy(state, backlog), state.holdExpiresAt), () => state.allDecided)
    if (state.allDecided) return
    state.agentId = agentId
    state.lastAgentId = agentId ?? state.lastAgentId
    state.contact = false
    const mode = chooseMode(state, agentId, look)
    if (!mode) continue
    await fundsAskedFor(state)
    if (agentId && look.dialMode === 'preview') await previewed(state)
    // An agent may know enough before the phone rings.
    if (state.allDecided) return
    const outcome = await ring(state, mode)
    await verdictAfter(state, outcome)
    await pause(state, Math.max(Date.now() + state.policy.retrySeconds[outcome] * 1_000, state.notBefore))
  }
}

function mayCallAgain(state: CaseState): boolean {
  return !state.allDecided && (state.attemptsLeft || state.appointmentAt !== undefined) && Date.now() < state.holdExpiresAt
}

/** Funds are held before the call; an outage of the payments core may delay the call only a little. */
async function fundsAskedFor(state: CaseState): Promise<void> {
  const held = () => [...state.payments.values()].every((payment) => payment.holdAnswered)
  if (!held()) await condition(held, state.policy.holdBeforeCallSeconds * 1_000)
}

/** The agent looks at the case and presses "call"; when that takes too long, for them or for the promise, the phone is dialled all the same. */
async function previewed(state: CaseState): Promise<void> {
  state.callNow = false
  const { previewSeconds, dialReserveSeconds } = state.policy
  const latest = (state.nextDeadline ?? Infinity) - dialReserveSeconds * 1_000
  const until = Math.min(Date.now() + previewSeconds * 1_000, latest, state.holdExpiresAt)
  await condition(() => state.callNow || state.allDecided, Math.max(1, until - Date.now()))
}

/** Until when a person is sought before the phone is dialled without one. */
function dialBy(state: CaseState, backlogSeconds: number): number {
  // Only a person may go on, and is waited for; but a payment that has not rung yet has a promise of its own.
  if (state.personOnly && state.nextDeadline === undefined) return state.holdExpiresAt
  const { dialReserveSeconds, offerSeconds } = state.policy
  state.searchingSince ??= Date.now()
  if (state.nextDeadline !== undefined && state.nextDeadline > Date.now()) return state.nextDeadline - (dialReserveSeconds + backlogSeconds) * 1_000
  // A promise that is broken already leaves a moment in which somebody may turn up.
  const moment = state.attempts === 0 || state.nextDeadline !== undefined ? offerSeconds : dialReserveSeconds
  return state.searchingSince + moment * 1_000
}

function chooseMode(state: CaseState, agentId: string | undefined, look: SearchResult['look']): DialMode | undefined {
  state.searchingSince = undefined
  if (agentId) return 'agent_first'
  if (look.dialNow) return look.dialNow
  if (state.personOnly && state.nextDeadline === undefined) return undefined
  // The promise is kept all the same; nobody is met by an empty line for that.
  if (state.agentFirst || look.dialMode === 'agent_first' || look.dialMode === 'preview') return 'automated'
  return look.freeSoon > look.ringingWithoutAgent ? 'customer_first' : 'automated'
}

/** One attempt: one phone rings once, and is followed until nobody is on the line. */
export async function ring(state: CaseState, mode: DialMode): Promise<AttemptOutcome> {
  const phone = state.nextPhone()
  const number = ++state.attempts
  const { caseId, payerId, policyVersion, agentId } = state
  const call: LiveCall = { attemptId: `${caseId}.${number}`, mode, agentId, reached: false, needsAgent: false, machine: false }
  state.call = call
  const appointed = state.appointmentAt !== undefined && state.appointmentAt <= Date.now()
  if (appointed) state.appointmentAt = undefined
  const { appointmentAt } = state
  const deadline = state.nextDeadline
  const { dial } = dialling({
    priorityKey: dialPriority((deadline ?? Date.now()) - Date.now(), deadline === undefined && number > 1),
    giveUpAfterMillis: Math.max(60_000, state.holdExpiresAt - Date.now()),
  })
  try {
    const result = await dial({
      caseId, payerId, number, phone, mode, agentId, policyVersion,
      reason: appointed ? 'appointment' : (state.lastOutcome ?? 'first'),
      ringSeconds: state.policy.ringSeconds,
    })
    if (!result.made) {
      if (result.reason === 'person_cap') state.capReached = true
      else if (result.notBefore) state.notBefore = Date.parse(result.notBefore)
      else state.unusablePhones.add(phone)
      call.ended ??= 'failed'
    } else call.callSid = result.callSid
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    log.error('no call could be made until the hold expired', { caseId, attempt: number })
    call.ended ??= 'failed'
  }
  state.lastOutcome = await follow(state, call)
  // Talked with before the agreed time: only what was agreed in this talk still counts.
  if (state.lastOutcome === 'contact' && state.appointmentAt === appointmentAt) state.appointmentAt = undefined
  state.call = undefined
  return state.lastOutcome
}

/** Stays with a call until it has ended, whatever callbacks are lost on the way. */
export async function follow(state: CaseState, call: LiveCall): Promise<AttemptOutcome> {
  let talking = false
  let messageLeft = false
  let quiet = secondsOfSilence.talking
  for (;;) {
    if (call.ended) return call.ended
    const silence = talking ? quiet : state.policy.ringSeconds + secondsOfSilence.ringing
    const news = () =>
      call.ended !== undefined || call.needsAgent || call.lostAgent !== undefined || (call.machine && !messageLeft) || (call.reached && !talking)
    if (!(await condition(news, silence * 1_000))) {
      const live = await askAfterCall(state, call)
      // A talk that goes on and on is asked about less and less.
      if (talking && live) quiet = Math.min(quiet * 2, secondsOfSilence.longTalk)
      talking ||= live
    } else if (call.ended) {
      return call.ended
    } else if (call.machine && !messageLeft) {
      messageLeft = true
      await telephony.leaveVoicemail(call.attemptId, call.callSid!)
    } else if (call.lostAgent) {
      await agentLost(state, call, call.lostAgent)
      // Whoever is in the talk by the provider's word may be about to leave it: looked at again soon.
      quiet = state.policy.agentReturnSeconds
    } else if (call.needsAgent) {
      await bringAgent(state, call)
    }
    talking ||= call.reached
  }
}

/** Takes in what the provider knows of a call. @returns whether it goes on */
export async function askAfterCall(state: CaseState, call: LiveCall): Promise<boolean> {
  const { ended, live, reached, goneAgentId } = await telephony.pollCall(call.attemptId)
  if (ended) state.endCall(ended)
  if (goneAgentId) state.loseAgent({ attemptId: call.attemptId, agentId: goneAgentId })
  if (reached && !(call.reached && state.contact)) state.reach(reached)
  return live
}

/** The payer waits on the line: somebody comes within the policy's time, or we apologise and ring again later. */
async function bringAgent(state: CaseState, call: LiveCall): Promise<void> {
  const until = Date.now() + state.policy.maxHoldingSeconds * 1_000
  // A supervisor may take the call over while we seek, also in the middle of a look that found nobody.
  const { agentId = call.agentId } = await findAgent(state, () => until, () => call.ended !== undefined || call.agentId !== undefined)
  call.needsAgent = false
  if (agentId) {
    state.agentId = call.agentId = agentId
    if (!state.policy.contactNeedsAgentLeg) state.payerIsReached()
    return
  }
  for (const payment of state.undecided()) payment.needsPerson = true
  if (!call.ended) await telephony.apologise(call.attemptId, call.callSid!)
}

/** The agent's leg or browser is gone while the payer stays: a reload comes back; otherwise the payer is not left alone. */
async function agentLost(state: CaseState, call: LiveCall, { agentId, unconfirmed }: NonNullable<LiveCall['lostAgent']>): Promise<void> {
  call.lostAgent = undefined
  if (state.allDecided && !unconfirmed) return hangUp(state, call)
  // Or somebody else has taken over meanwhile.
  const settled = () => call.ended !== undefined || state.agentId !== agentId
  if (await condition(settled, state.policy.agentReturnSeconds * 1_000)) return
  // Perhaps the payer is gone as well, and that callback was lost.
  await askAfterCall(state, call)
  call.lostAgent = undefined
  if (settled() || (await dispatch.agentIsBack(state.caseId, call.attemptId, agentId)) || settled()) return
  if (state.allDecided) return hangUp(state, call)
  state.agentId = call.agentId = undefined
  call.needsAgent = true
}

/** Nothing is left to be talked about, and nobody is there to say so. */
async function hangUp(state: CaseState, call: LiveCall): Promise<void> {
  const { ended } = await telephony.endCall(call.attemptId)
  if (ended) state.endCall(ended)
}

/** After a talk the agent has their wrap-up to record what is still missing; then the case goes on without them. */
export async function verdictAfter(state: CaseState, outcome: AttemptOutcome): Promise<void> {
  for (const payment of state.payments.values()) payment.waitingVerdict = undefined
  if (outcome === 'contact' && state.agentId && !state.allDecided) {
    state.wrapUpUntil = Math.max(state.wrapUpUntil, Date.now() + state.policy.wrapUpSeconds * 1_000)
    // A moment longer, so that a verdict in the last second is taken; longer again when the agent asked for it.
    for (let left = 1; left > 0 && !state.allDecided; left = state.wrapUpUntil + 1_000 - Date.now())
      await condition(() => state.allDecided, state.wrapUpUntil + 1_000 - Date.now())
  }
  state.agentId = undefined
}

/**
 * Until the next attempt is due, or until the time that was agreed with the payer. A payment that joins has a promise
 * of its own, and a payer who rings us is rung back at once.
 */
async function pause(state: CaseState, retryAt: number): Promise<void> {
  const known = state.payments.size
  const goOn = () => state.allDecided || state.payments.size > known || state.calledBackFrom !== undefined
  for (let agreed = true; agreed && mayCallAgain(state) && !goOn(); ) {
    const appointmentAt = state.appointmentAt
    const nextAt = Math.min(appointmentAt ?? retryAt, state.holdExpiresAt)
    // An appointment that is made meanwhile counts.
    agreed = await condition(() => goOn() || state.appointmentAt !== appointmentAt, Math.max(1, nextAt - Date.now()))
  }
}
