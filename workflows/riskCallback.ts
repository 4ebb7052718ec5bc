import { ActivityFailure, allHandlersFinished, ApplicationFailure, condition, continueAsNew, log, setHandler, sleep, workflowInfo } from '@temporalio/workflow'
import type { FlaggedPaymentInput } from '../domain/flag'
import { releasesByKeypress } from '../domain/keypress'
import * as messages from '../domain/messages'
import { records } from './activities'
import { hear } from './approval'
import { CaseState, type PaymentState } from './caseState'
import { askAfterCall, converse } from './conversation'
import { handOver } from './handover'
import { hearCalls } from './hearCalls'
import { holdOf, safeguard, settle } from './money'
import { carryTransfer } from './warmTransfer'

const secondsWithoutAFlag = 60
const secondsUntilClosedAgain = 60

/** A flag given at the start, as an SDK may do; or the flags that opened the payer's next case. */
export type RiskCallbackInput = FlaggedPaymentInput | { next: messages.RecordedFlag[] }

/**
 * One payer's open case, from the first flagged payment until the ledger has confirmed what becomes
 * of every one: hold the funds, ring the payer, let an agent decide, settle, close.
 */
export async function riskCallback(input?: RiskCallbackInput): Promise<void> {
  const state = new CaseState()
  const work: Promise<void>[] = []
  bindHandlers(state, work)
  if (isNextCase(input)) for (const flag of input.next) takeRecorded(state, work, flag)
  else if (input !== undefined) await takeFlag(state, work, input)

  // Started without a usable flag, by a client that sent none or a bad one: there is no case.
  while (state.payments.size === 0) {
    const news = await condition(() => state.payments.size > 0 || (state.refusal !== undefined && allHandlersFinished()), secondsWithoutAFlag * 1_000)
    if (state.payments.size === 0 && allHandlersFinished()) {
      if (news) throw state.refusal
      return
    }
  }

  for (let closed = false; !closed;) {
    await converse(state)
    for (const payment of state.givenUp(Date.now())) work.push(settleByDefault(state, payment))
    await finished(state, work)
    if (!state.allDecided) continue
    const closing = await records.closeCase(state.caseId)
    closed = closing.closed
    // A payment joined unnoticed in the moment of closing: the case goes on with it.
    for (const flag of closing.undecided) take(state, work, flag)
    // Something is final for us and not for PostgreSQL: no reason to ask in a tight loop, which would fill up the history.
    if (!closed && state.allDecided) await sleep(secondsUntilClosedAgain * 1_000)
  }

  await condition(allHandlersFinished)
  if (state.next.length > 0) await continueAsNew<typeof riskCallback>({ next: state.next })
}

// Anybody may start this workflow, with anything.
function isNextCase(input: unknown): input is { next: messages.RecordedFlag[] } {
  return typeof input === 'object' && input !== null && 'next' in input && Array.isArray(input.next)
}

function bindHandlers(state: CaseState, work: Promise<void>[]): void {
  setHandler(messages.paymentRecorded, (flag) => takeRecorded(state, work, flag))
  setHandler(messages.flagPaymentSignal, async (input) => void (await takeFlag(state, work, input)))
  setHandler(
    messages.flagPaymentUpdate,
    async (input) => {
      const { accepted, flag } = await records.recordFlag(input).catch(refuseInWords)
      take(state, work, flag)
      return accepted
    },
    { validator: refuseBadFlag },
  )
  hearCalls(state)
  setHandler(messages.keyPressed, (key) => state.onKey(key))
  setHandler(messages.wrapUpExtended, ({ agentId, until }) => {
    if (state.agentId === agentId) state.wrapUpUntil = Math.max(state.wrapUpUntil, Date.parse(until))
  })
  setHandler(messages.transferBegun, (begun) => void work.push(carryTransfer(state, begun)))
  setHandler(messages.transferAnswered, (answer) => void state.answers.set(answer.offerId, answer))
  setHandler(messages.caseMoved, (moved) => handOver(state, work, moved))
  setHandler(messages.payerCalled, ({ phone }) => void (state.calledBackFrom = phone))
  setHandler(messages.appointmentMade, ({ at }) => void (state.appointmentAt = Date.parse(at)))
  setHandler(messages.callNow, ({ agentId }) => {
    if (state.agentId === agentId) state.callNow = true
  })
  setHandler(messages.approvalDecided, (decided) => hear(state.approvals, decided))
  setHandler(messages.recordVerdicts, (given) => takeVerdicts(state, work, given), {
    validator: (given) => refuseVerdicts(state, given),
  })
  state.onKey = (key) => answerByKeypress(state, work, key)
  // Verdicts given before the payer was reached take effect now.
  state.onContact = () => {
    for (const payment of state.undecided()) {
      const waiting = payment.waitingVerdict
      if (waiting) work.push(settle(state, payment, { by: 'verdict', actor: `agent:${waiting.agentId}`, verdict: waiting.verdict }))
    }
  }
}

/** Our own flags come this way, and whatever else somebody may send: an error here would hold up the workflow for ever. */
function takeRecorded(state: CaseState, work: Promise<void>[], flag: unknown): void {
  if (isRecordedFlag(flag)) return take(state, work, flag)
  log.error('something else than a recorded flag was refused')
  state.refusal = ApplicationFailure.nonRetryable('this is no flag that PostgreSQL has recorded', 'InvalidFlag')
}

function isRecordedFlag(flag: unknown): flag is messages.RecordedFlag {
  const { caseId, paymentId, payerId, phones, amount, deadline, flaggedAt, policy } = (flag ?? {}) as Partial<messages.RecordedFlag>
  return (
    [caseId, paymentId, payerId, deadline, flaggedAt].every((text) => typeof text === 'string' && text !== '') &&
    Array.isArray(phones) &&
    typeof amount?.amount === 'number' &&
    typeof policy?.body?.holdExpirySeconds === 'number'
  )
}

function take(state: CaseState, work: Promise<void>[], flag: messages.RecordedFlag): void {
  const payment = state.join(flag)
  if (!payment) return
  if (state.payments.size === 1) {
    const opening = records.openCase({ ...holdOf(flag), policyVersion: flag.policy.version })
    state.opening = { hold: opening.then(({ hold }) => hold), search: opening.then(({ search }) => search) }
  }
  work.push(safeguard(state, payment))
}

/** A flag by signal or at the start, straight from an SDK: recorded like one by HTTP. Nobody waits for a refusal. */
async function takeFlag(state: CaseState, work: Promise<void>[], input: FlaggedPaymentInput): Promise<void> {
  try {
    refuseBadFlag(input)
    const { flag } = await records.recordFlag(input)
    take(state, work, flag)
  } catch (error) {
    log.error('a flag was refused', { reason: error instanceof Error ? (error.cause ?? error) : error })
    state.refusal = error
  }
}

/**
 * The validator and its tables of telephone numbers are loaded when a flag comes straight from an SDK.
 * Loaded with the module they would be built anew for every workflow, at 10 to 20 ms of CPU each.
 */
const flagRules = () => require('../domain/flag') as typeof import('../domain/flag')

function refuseBadFlag(input: FlaggedPaymentInput): void {
  const { fieldErrors, flaggedPaymentSchema } = flagRules()
  const parsed = flaggedPaymentSchema.safeParse(input)
  if (!parsed.success) {
    const faults = fieldErrors(parsed.error)
    throw ApplicationFailure.nonRetryable(faults.map(({ field, message }) => `${field}: ${message}`).join('; '), 'InvalidFlag', ...faults)
  }
  const expected = messages.caseWorkflowId(parsed.data.payer.id)
  const { workflowId } = workflowInfo()
  if (workflowId !== expected)
    throw ApplicationFailure.nonRetryable(`payer.id: this payer's case has the workflow id ${expected}, not ${workflowId}`, 'InvalidFlag')
}

/** Whoever waits for an answer gets the refusal itself, not that an activity failed. */
function refuseInWords(error: unknown): never {
  throw error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause : error
}

function refuseVerdicts(state: CaseState, { agentId, verdicts }: messages.VerdictsGiven): void {
  for (const { paymentId } of verdicts) {
    const payment = state.payments.get(paymentId)
    if (!payment) throw ApplicationFailure.nonRetryable(`payment ${paymentId} is not part of this case`, 'UnknownPayment')
    if (payment.decided) throw ApplicationFailure.nonRetryable(`payment ${paymentId} was decided already`, 'AlreadyDecided')
  }
  if (state.agentId !== agentId) throw ApplicationFailure.nonRetryable('this case is not with you now', 'NotYourCase')
}

/** A release needs the payer to have been reached; what keeps or stops the money takes effect at once. */
async function takeVerdicts(state: CaseState, work: Promise<void>[], { agentId, verdicts }: messages.VerdictsGiven): Promise<messages.VerdictsTaken> {
  const actor = `agent:${agentId}`
  const taken: messages.VerdictsTaken = { verdicts: [] }
  const waiting: Promise<void>[] = []
  for (const verdict of verdicts) {
    const payment = state.payments.get(verdict.paymentId)!
    const waits = verdict.verdict === 'owner_confirmed' && !state.contact
    if (waits) {
      payment.waitingVerdict = { agentId, verdict }
      waiting.push(records.recordWaitingVerdict(state.caseId, actor, verdict))
      // The talk may have begun unheard; the provider knows.
      if (state.call?.callSid && !state.call.ended) work.push(askAfterCall(state, state.call).then(() => undefined))
    } else work.push(settle(state, payment, { by: 'verdict', actor, verdict }))
    taken.verdicts.push({ paymentId: verdict.paymentId, verdict: verdict.verdict, effect: waits ? 'waits_for_contact' : 'taken' })
  }
  await Promise.all(waiting)
  return taken
}

/** "It was me" releases a small, not very risky payment; everything else waits for a person with the funds held. */
function answerByKeypress(state: CaseState, work: Promise<void>[], { attemptId, paymentId, digit }: messages.KeyPressed): void {
  const payment = state.payments.get(paymentId)
  if (!payment || payment.decided) return
  if (state.call?.attemptId === attemptId) state.call.reached = true
  state.payerIsReached()
  if (digit === '1' && releasesByKeypress(state.policy, payment.flag.score, payment.flag.amount.amount)) {
    work.push(settle(state, payment, { by: 'verdict', actor: 'payer:keypress', verdict: { paymentId, verdict: 'owner_confirmed' } }))
    return
  }
  payment.denied = digit === '2'
  payment.needsPerson = true
}

async function settleByDefault(state: CaseState, payment: PaymentState): Promise<void> {
  const { ending } = state.ending(payment, Date.now())
  await settle(state, payment, { by: 'default', actor: 'system:policy', ending })
}

/** Until all is final. Work may bring more work, and a payment that joins meanwhile has a promise that does not wait for the ledger. */
async function finished(state: CaseState, work: Promise<void>[]): Promise<void> {
  for (let done = 0; done < work.length && state.allDecided;) {
    const pending = work.slice(done)
    done = work.length
    await Promise.race([Promise.all(pending), condition(() => !state.allDecided)])
  }
}
