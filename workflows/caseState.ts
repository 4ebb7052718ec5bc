import type { AvoidedAgent } from '../records/queues'
import type { AgentSearch } from '../activities/dispatch'
import type { LedgerAnswer } from '../records/money'
import type { DecidingAction } from '../domain/money'
import type { AgentLeft, CallEnded, KeyPressed, OfferAnswered, OfferMade, PayerReached, RecordedFlag } from '../domain/messages'
import type { ApprovalOutcome } from '../domain/approvals'
import type { Policy } from '../domain/policy'
import type { Verdict } from '../domain/verdict'
import type { AttemptOutcome, DialMode } from '../domain/status'

/** One flagged payment within the case. */
export interface PaymentState {
  flag: RecordedFlag
  /** The payments core has answered to the hold, one way or the other. */
  holdAnswered: boolean
  /** Its phone has rung, or the deadline has been judged. */
  rung: boolean
  decided: boolean
  /** The ledger has confirmed what was decided. */
  final: boolean
  /** A verdict that waits until the payer has really been reached. */
  waitingVerdict?: { agentId: string; verdict: Verdict }
  /** The payer pressed "it was not me". */
  denied: boolean
  /** Only a person may go on with it: a denial, too much for a keypress, a payer who waited in vain. */
  needsPerson: boolean
}

/** One call that is under way. */
export interface LiveCall {
  attemptId: string
  mode: DialMode
  callSid?: string
  agentId?: string
  /** The payer is on the line. */
  reached: boolean
  /** The payer waits on the line and nobody is with them. */
  needsAgent: boolean
  machine: boolean
  lostAgent?: Pick<AgentLeft, 'agentId' | 'unconfirmed'>
  ended?: AttemptOutcome
}

/** Everything the workflow knows. Handlers write it, the process reads it. */
export class CaseState {
  caseId = ''
  payerId = ''
  phones: string[] = []
  policy!: Policy
  policyVersion = 0
  payments = new Map<string, PaymentState>()
  attempts = 0
  /** The attempt number at which the newest payment joined: it gets a full set of attempts of its own. */
  attemptsAtLastJoin = 0
  call?: LiveCall
  offer?: OfferMade
  answers = new Map<string, OfferAnswered>()
  /** The agent who is sought will write with the payer. */
  chat = false
  /** The agent who has the case: from the accepted offer until wrap-up is over. */
  agentId?: string
  /** Until when that agent wraps up, in epoch milliseconds; later when they asked for more time. */
  wrapUpUntil = 0
  /** A keypress or a bridged talk happened with the present agent or in the present call. */
  contact = false
  everContact = false
  lastOutcome?: AttemptOutcome
  /** The payer was met by an abandoned call, or their machine was: rung only with an agent reserved from then on. */
  agentFirst = false
  /** When the payer wants to be called, in epoch milliseconds. */
  appointmentAt?: number
  /** The agent has looked at the case and has the phone dialled. */
  callNow = false
  unusablePhones = new Set<string>()
  ledgerSaid = new Set<string>()
  /** Payments whose claim to compensation is on its way. */
  claimed = new Set<string>()
  /** What second persons have said, by request. */
  approvals = new Map<string, ApprovalOutcome>()
  /** Why the last flag that came straight from an SDK was refused. */
  refusal?: unknown
  /** Flags for the payer's next case, which opened while this one closed. */
  next: RecordedFlag[] = []
  searchingSince?: number
  /** The first hold and the first look for an agent; each is taken once. */
  opening?: { hold?: Promise<LedgerAnswer | undefined>; search?: Promise<AgentSearch> }
  /** The person was called too often in 24 hours, over all cases. */
  capReached = false
  /** The payer rang us from this number: the next attempt does not wait, and rings there. */
  calledBackFrom?: string
  /** Nothing may ring before this, in epoch milliseconds: the payer's night. */
  notBefore = 0
  /** Whoever had the case before is asked first. */
  lastAgentId?: string
  /** Another pair of ears is wanted: until then, epoch milliseconds, this agent is not asked. */
  avoided?: AvoidedAgent
  /** Called once contact is made, so that verdicts which waited for it take effect. */
  onContact: () => void = () => undefined
  /** Called for each key of a call that has ended; a key that was heard before changes nothing. */
  onKey: (key: KeyPressed) => void = () => undefined

  /** @returns the new payment, or undefined when it is known or belongs to the next case */
  join(flag: RecordedFlag): PaymentState | undefined {
    if (this.caseId === '') Object.assign(this, { caseId: flag.caseId, payerId: flag.payerId, policy: flag.policy.body, policyVersion: flag.policy.version })
    if (flag.caseId !== this.caseId) {
      if (!this.next.some((known) => known.paymentId === flag.paymentId)) this.next.push(flag)
      return undefined
    }
    if (this.payments.has(flag.paymentId)) return undefined
    const payment: PaymentState = { flag, holdAnswered: false, rung: flag.late, decided: false, final: false, denied: false, needsPerson: false }
    this.payments.set(flag.paymentId, payment)
    for (const phone of flag.phones) if (!this.phones.includes(phone)) this.phones.push(phone)
    this.attemptsAtLastJoin = this.attempts
    return payment
  }

  undecided(): PaymentState[] {
    return [...this.payments.values()].filter((payment) => !payment.decided)
  }

  get allDecided(): boolean {
    return this.undecided().length === 0
  }

  get needsPerson(): boolean {
    return this.undecided().some((payment) => payment.needsPerson)
  }

  /** Nobody may be rung without an agent reserved. */
  get personOnly(): boolean {
    return this.needsPerson || this.agentFirst
  }

  /** When the next hold expires, in epoch milliseconds. Each payment has its own. */
  get holdExpiresAt(): number {
    return Math.min(...this.undecided().map((payment) => this.holdExpiry(payment)))
  }

  /** When the hold of one payment expires, in epoch milliseconds. */
  holdExpiry({ flag }: PaymentState): number {
    return Date.parse(flag.flaggedAt) + this.policy.holdExpirySeconds * 1_000
  }

  /** Payments for which nothing more will be done to reach the payer. */
  givenUp(now: number): PaymentState[] {
    return this.undecided().filter((payment) => !this.attemptsLeft || now >= this.holdExpiry(payment))
  }

  get attemptsLeft(): boolean {
    return !this.capReached && this.attempts - this.attemptsAtLastJoin < this.policy.maxAttempts
  }

  /** The earliest promise that can still be kept, in epoch milliseconds. */
  get nextDeadline(): number | undefined {
    const open = this.undecided().filter((payment) => !payment.rung)
    return open.length > 0 ? Math.min(...open.map((payment) => Date.parse(payment.flag.deadline))) : undefined
  }

  /** Attempts go round the payer's numbers, passing over those that the provider refused. */
  nextPhone(): string {
    const { calledBackFrom } = this
    this.calledBackFrom = undefined
    if (calledBackFrom && this.phones.includes(calledBackFrom)) return calledBackFrom
    const usable = this.phones.filter((phone) => !this.unusablePhones.has(phone))
    const numbers = usable.length > 0 ? usable : this.phones
    return numbers[this.attempts % numbers.length]!
  }

  /** The case was closed before this run began: all that it knows was decided then. */
  isClosed(): void {
    for (const payment of this.payments.values()) payment.decided = payment.final = true
  }

  markRung(): void {
    for (const payment of this.payments.values()) payment.rung = true
  }

  payerIsReached(): void {
    this.contact = this.everContact = true
    this.markRung()
    this.onContact()
  }

  /** The payer is on the line: with an agent that is contact, without one somebody is needed. */
  reach({ attemptId, needsAgent, agentId }: PayerReached): void {
    const { call } = this
    if (call?.attemptId !== attemptId || call.ended) return
    // Put through without an offer.
    if (agentId && !call.agentId) this.agentId = this.lastAgentId = call.agentId = agentId
    call.reached = true
    this.markRung()
    if (needsAgent && !call.agentId) call.needsAgent = true
    else this.payerIsReached()
  }

  /** What is certain is not made uncertain by what is heard beside it. */
  loseAgent({ attemptId, agentId, unconfirmed }: AgentLeft): void {
    const { call } = this
    if (call?.attemptId !== attemptId || this.agentId !== agentId || (unconfirmed && call.lostAgent)) return
    call.lostAgent = { agentId, ...(unconfirmed ? { unconfirmed } : {}) }
  }

  endCall({ attemptId, outcome, keys = [], abandoned }: CallEnded): void {
    if (this.call?.attemptId !== attemptId || this.call.ended) return
    if ((abandoned || outcome === 'voicemail') && this.policy.agentFirstAfterBadCall) this.agentFirst = true
    for (const key of keys) this.onKey({ attemptId, ...key })
    this.call.ended = outcome
    if (outcome !== 'failed' && outcome !== 'canceled') this.markRung()
    if (outcome === 'contact') this.payerIsReached()
  }

  /** The default action for a payment that ends without a verdict, and what the ending is called. */
  ending(payment: PaymentState, now: number): { ending: keyof Policy['defaultActions']; funds: DecidingAction } {
    const ending =
      payment.denied ? 'denied_by_keypress' : now >= this.holdExpiry(payment) ? 'hold_expired' : this.everContact ? 'no_verdict' : 'unreachable'
    return { ending, funds: this.policy.defaultActions[ending] }
  }
}
