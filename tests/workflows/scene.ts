import type { SignalDefinition } from '@temporalio/common'
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import type { ApprovalOutcome } from '../../domain/approvals'
import type { AgentSearch } from '../../activities/dispatch'
import type { DecidingAction, VerdictKind } from '../../domain/money'
import {
  caseWorkflowId,
  caseWorkflowType,
  offerAnswered,
  paymentRecorded,
  recordVerdicts,
  taskQueues,
  type OfferAnswered,
  type OfferMade,
  type RecordedFlag,
  type VerdictsTaken,
} from '../../domain/messages'
import { defaultPolicy, type Policy } from '../../domain/policy'
import type { Verdict } from '../../domain/verdict'
import type { LedgerAnswer } from '../../records/money'
import type { Clock } from './clock'
import { ringsOut, type Line, type PretendCall } from './pretendCalls'

/** What an agent does with an offer; `nobody` = there is none to offer to. */
export type AgentHabit = 'accepts' | 'declines' | 'ignores' | 'nobody'

export interface Script {
  policy?: Partial<Policy>
  /** By offer; the last one goes on. */
  agents?: AgentHabit[]
  /** By attempt; the last one goes on. */
  lines?: Line[]
  /** How things stand when nobody is free. */
  look?: Partial<Pick<AgentSearch, 'freeSoon' | 'ringingWithoutAgent' | 'backlogSeconds' | 'dialMode' | 'dialNow'>>
  /** What the ledger answers to an instruction the nth time. */
  ledger?: (kind: DecidingAction | 'hold', nth: number, paymentId: string) => LedgerAnswer
  agentComesBack?: boolean
  /** Whom a call that is handed over is offered to next. */
  nextTransferOffer?: (now: number) => OfferMade | undefined
  /** What the second person says, so many seconds after being asked; nobody says anything without it. */
  approval?: { after: number; outcome: ApprovalOutcome; signalLost?: boolean }
  /** For so long PostgreSQL does not take the case for settled. */
  unsettledSeconds?: number
  /** Agents may come too late with their verdicts. */
  refusalsAreFine?: boolean
  /** For so long PostgreSQL takes no flag that comes straight from an SDK. */
  awaySeconds?: number
}

export interface Payment {
  flag: RecordedFlag
  /** The ledger was asked to carry out a decision. */
  decided?: boolean
  /** Set by the ledger's confirmation. */
  final?: DecidingAction
}

const realMillisBeforeStuck = 60_000

interface Note {
  /** Seconds of the scene's time. */
  at: number
  what: string
  [detail: string]: unknown
}

/** One payer's story: what is recorded of them, what the people do, and what the case did about it. */
export class Scene {
  readonly payments = new Map<string, Payment>()
  readonly calls: PretendCall[] = []
  readonly offers: { offerId: string; agentId: string; status: string; at: number }[] = []
  readonly notes: Note[] = []
  readonly policy: Policy
  askedInSearch = 0
  approval: ApprovalOutcome | null = null
  takenBy?: string
  cases = 1
  caseOpen = true
  over = false
  /** Happens when PostgreSQL has closed the case, before the workflow hears of it. */
  onClosed?: () => Promise<void>

  constructor(
    readonly environment: TestWorkflowEnvironment,
    readonly clock: Clock,
    readonly payerId: string,
    readonly script: Script,
    /** Epoch milliseconds. */
    readonly startedAt: number,
  ) {
    this.policy = { ...defaultPolicy, ...script.policy }
  }

  get workflowId(): string {
    return caseWorkflowId(this.payerId)
  }
  get caseId(): string {
    return `case-${this.payerId}-${this.cases}`
  }
  get paymentIds(): string[] {
    return [...this.payments.keys()]
  }

  /** Records a payment as the HTTP endpoint does. Tells nobody. */
  async record(about: Partial<RecordedFlag> & { deadlineIn?: number } = {}): Promise<RecordedFlag> {
    const now = await this.clock.now()
    const { deadlineIn = 180, ...given } = about
    if (!this.caseOpen) this.cases++
    this.caseOpen = true
    const flag: RecordedFlag = {
      caseId: this.caseId,
      paymentId: `${this.payerId}-pay-${this.payments.size + 1}`,
      payerId: this.payerId,
      phones: ['+8613800000001'],
      locale: 'zh-CN',
      amount: { amount: 758_700, currency: 'CNY' },
      score: 82,
      priority: 80,
      deadline: new Date(now + deadlineIn * 1_000).toISOString(),
      late: deadlineIn <= 0,
      flaggedAt: new Date(now).toISOString(),
      policy: { version: 1, body: this.policy },
      ...given,
    }
    this.payments.set(flag.paymentId, { flag })
    return flag
  }

  /** Flags a payment: the first one starts the case. */
  async flag(about: Parameters<Scene['record']>[0] = {}): Promise<RecordedFlag> {
    const flag = await this.record(about)
    await this.environment.client.workflow.signalWithStart(caseWorkflowType, {
      workflowId: this.workflowId,
      taskQueue: taskQueues.cases,
      args: [],
      signal: paymentRecorded,
      signalArgs: [flag],
    })
    return flag
  }

  /** Lets the story run until the payer has no case any more. */
  async ends(): Promise<void> {
    const stuck = setTimeout(() => void this.handle.terminate(`the case does not end: ${this.story()}`), realMillisBeforeStuck)
    try {
      await this.handle.result()
      // A flag that came just after the end has begun the next case.
      for (let tries = 100; this.caseOpen && this.payments.size > 0 && tries > 0; tries--) await this.handle.result()
    } finally {
      clearTimeout(stuck)
      this.over = true
    }
    const [fault] = this.clock
      .faults()
      .filter((one) => !(this.script.refusalsAreFine && (one instanceof WorkflowUpdateFailedError || one instanceof WorkflowNotFoundError)))
    if (fault) throw fault
  }

  get handle() {
    return this.environment.client.workflow.getHandle(this.workflowId)
  }

  after(seconds: number, event: () => Promise<unknown> | void): Promise<void> {
    return this.clock.after(seconds, () => (this.over ? undefined : event()))
  }

  /** As a webhook does: a case that is over needs no telling. */
  async tell<Args extends [unknown]>(signal: SignalDefinition<Args>, ...args: Args): Promise<void> {
    await this.handle.signal(signal, ...args).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error
    })
  }

  async answer(answer: OfferAnswered): Promise<void> {
    await this.tell(offerAnswered, answer)
  }

  /** The agent who has the case gives the same verdict on each payment, or on those named. */
  giveVerdicts(verdict: VerdictKind, paymentIds = this.undecidedIds, agentId = this.agentId): Promise<VerdictsTaken> {
    const verdicts: Verdict[] = paymentIds.map((paymentId) => ({ paymentId, verdict }))
    return this.handle.executeUpdate(recordVerdicts, { args: [{ agentId, verdicts }] })
  }

  get agentId(): string {
    return this.offers.findLast(({ status }) => status === 'accepted')?.agentId ?? 'nobody'
  }
  get undecidedIds(): string[] {
    return [...this.payments.values()].filter(({ decided }) => !decided).map(({ flag }) => flag.paymentId)
  }

  async noteNow(what: string, detail: object = {}): Promise<void> {
    this.notes.push({ at: await this.secondsNow(), what, ...detail })
  }
  note(what: string, detail: object = {}): void {
    void this.noteNow(what, detail)
  }
  async secondsNow(): Promise<number> {
    return ((await this.clock.now()) - this.startedAt) / 1_000
  }

  noted(what: string): Note[] {
    return this.notes.filter((note) => note.what === what)
  }
  /** When something happened, in seconds since the beginning. */
  when(what: string, index = 0): number {
    const note = this.noted(what)[index]
    if (!note) throw new Error(`${what} ${index} did not happen; what did: ${this.story()}`)
    return note.at
  }
  story(): string {
    return this.notes.map(({ at, what }) => `${at.toFixed(1)} ${what}`).join(', ')
  }

  lineFor(attempt: number): Line {
    const lines = this.script.lines ?? [ringsOut]
    return lines[Math.min(attempt, lines.length) - 1]!
  }
  habitFor(offer: number): AgentHabit {
    const agents = this.script.agents ?? ['accepts']
    return agents[Math.min(offer, agents.length - 1)]!
  }
}
