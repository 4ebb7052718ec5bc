import { moneyActionKey, type DecidingAction, type MoneyActionKind } from '../domain/money'
import type { RecordedFlag } from '../domain/messages'
import type { ClaimInput } from '../domain/claim'
import { PaymentsCoreUnavailable } from '../providers/paymentsCore'
import { openClaimOn } from '../records/claims'
import { sqlOf } from '../records/database'
import { openDisputeOn } from '../records/disputes/progress'
import { recordAnswers, recordUnanswered, type Decision, type Instruction, type LedgerAnswer } from '../records/money'
import type { ActivityDependencies } from './dependencies'

export interface Settlement {
  caseId: string
  payerId: string
  paymentId: string
  funds: DecidingAction
  restrictAccount: boolean
  decision: Decision
  /** A second person has agreed to the release. */
  agreed?: boolean
}

export type HoldRequest = Pick<RecordedFlag, 'caseId' | 'paymentId' | 'payerId' | 'amount'>

export interface SettlementResult {
  /** `disputed`: nothing was done, because the payer disputes the payment that is to be released. */
  status: LedgerAnswer['status'] | 'disputed'
  reason?: string
  /** The verdict has opened a claim to full compensation. */
  claim?: ClaimInput
}

/** An instruction that stands apart from a callback's verdicts: for a case of another kind, or after the case is over. */
export type MoneyOrder = Omit<Instruction, 'requestedAt'> & {
  /** What the instruction's body says beside the payment and the amount, such as whose account it is about. */
  parties?: Record<string, string>
}

export function createFundsActivities({ db, paymentsCore, log, metrics }: ActivityDependencies) {
  async function instructAll(
    instructions: { instruction: Instruction; body: Record<string, unknown> }[],
    decision: Decision | undefined,
  ): Promise<LedgerAnswer[]> {
    const all = instructions.map(({ instruction }) => instruction)
    try {
      const answers = await Promise.all(instructions.map(({ instruction, body }) => paymentsCore.instruct(instruction.kind, instruction.key, body)))
      await recordAnswers(db, all.map((instruction, index) => ({ instruction, answer: answers[index]! })), decision)
      for (const [index, answer] of answers.entries())
        if (answer.status === 'refused') {
          const { kind, caseId, key } = all[index]!
          metrics.ledgerFailures.inc({ kind, failure: 'refused' })
          log.error({ caseId, key: undefined, instruction: key, reason: answer.reason }, 'the ledger refused an instruction')
        }
      return answers
    } catch (error) {
      if (!(error instanceof PaymentsCoreUnavailable)) throw error
      for (const { kind } of all) metrics.ledgerFailures.inc({ kind, failure: 'unanswered' })
      log.warn({ caseId: all[0]!.caseId, instruction: all[0]!.key, err: error }, 'the payments core did not answer; asking again')
      await recordUnanswered(db, all, decision, error.message)
      throw error
    }
  }

  return {
    /** Holds the payment's funds. Repeatable: the key is the payment's. */
    async holdFunds({ caseId, paymentId, payerId, amount }: HoldRequest): Promise<LedgerAnswer> {
      const instruction = { key: moneyActionKey('hold', paymentId), caseId, paymentId, kind: 'hold' as const, reason: 'flagged', actor: 'system:case', requestedAt: Date.now() }
      const [answer] = await instructAll([{ instruction, body: { paymentId, payerId, amount, caseId, reason: 'flagged' } }], undefined)
      return answer!
    },

    /** Gives one instruction and records the answer. Repeatable by its key. */
    async instruct({ parties, ...order }: MoneyOrder): Promise<LedgerAnswer> {
      const { caseId, paymentId, amount, reason, actor } = order
      const body = { paymentId, caseId, reason, actor, ...(amount ? { amount } : {}), ...parties }
      const [answer] = await instructAll([{ instruction: { ...order, requestedAt: Date.now() }, body }], undefined)
      return answer!
    },

    /** Turns a decision into money: the deciding action, and the account's restriction where policy says so. */
    async settle(settlement: Settlement): Promise<SettlementResult> {
      const { caseId, payerId, paymentId, decision } = settlement
      const reason = decision.by === 'verdict' ? decision.verdict.verdict : decision.ending
      const { actor } = decision
      if (settlement.funds === 'release' && !settlement.agreed && (await openDisputeOn(sqlOf(db), paymentId))) return { status: 'disputed' }
      const kinds: MoneyActionKind[] = settlement.restrictAccount ? ['restrict', settlement.funds] : [settlement.funds]
      const answers = await instructAll(
        kinds.map((kind) => ({
          instruction: { key: moneyActionKey(kind, paymentId), caseId, paymentId, kind, reason, actor, requestedAt: Date.now() },
          body: kind === 'restrict' ? { accountId: payerId, paymentId, caseId, reason, actor } : { paymentId, caseId, reason, actor },
        })),
        decision,
      )
      // The decision is carried out when all of it is: an account left unrestricted is not.
      const worst = answers.find(({ status }) => status === 'refused') ?? answers.find(({ status }) => status === 'pending') ?? answers[0]!
      const claim = decision.by === 'verdict' && decision.verdict.verdict === 'not_owner' ? await openClaimOn(sqlOf(db), paymentId) : undefined
      return { status: worst.status, reason: worst.reason, ...(claim ? { claim } : {}) }
    },
  }
}
