import type { ClaimStatus } from '../domain/claim'
import type { DecisionGiven, DisputeInput } from '../domain/dispute/dispute'
import { textMessage } from '../domain/dispute/wording'
import { settleClaim } from '../records/claims'
import { inTransaction, sqlOf } from '../records/database'
import { disputesNotHandedOver } from '../records/disputes/openDispute'
import { closeDispute, missTakeUp, recordAppeal, recordDisputeDecision } from '../records/disputes/progress'
import { recordMessage, recordTexted, textDue, type PayerMessage } from '../records/payerMessages'
import { planAdvance, planRecovery, planRedress, type PayoutRequest } from '../records/payouts'
import { handOverDispute } from '../providers/disputes'
import type { ActivityDependencies } from './dependencies'

// Younger ones are most likely on their way: the API hands over within this time.
const graceMillis = 5_000

export function createDisputeActivities({ db, temporal, telephony, log }: ActivityDependencies) {
  /** Announces by one text what the payer finds in their app; after a lost answer it may come twice. */
  async function sendTexts(caseId: string): Promise<void> {
    const due = await textDue(sqlOf(db), caseId)
    if (!due) return
    try {
      await telephony.sendMessage(due.phone, textMessage(due.locale))
    } catch (error) {
      // The number takes no texts, which no repetition mends; the app has the message.
      const { status } = error as { status?: unknown }
      if (typeof status !== 'number' || status < 400 || status >= 500 || status === 429) throw error
      log.warn({ caseId, err: error }, 'the provider refused a text message')
    }
    await recordTexted(sqlOf(db), caseId, due.upTo)
  }

  return {
    /** Tells the payer in their app; `sendTexts` announces it. */
    async tellPayer(message: PayerMessage): Promise<void> {
      await inTransaction(db, (tx) => recordMessage(tx, message))
    },

    sendTexts,

    missTakeUp: (caseId: string): Promise<void> => missTakeUp(db, caseId),
    recordDisputeDecision: (caseId: string, given: DecisionGiven, appealBy: string | null): Promise<void> => recordDisputeDecision(db, caseId, given, appealBy),
    recordAppeal: (caseId: string, reason: string): Promise<void> => recordAppeal(db, caseId, reason),
    closeDispute: (caseId: string, outcome: string): Promise<void> => closeDispute(db, caseId, outcome),

    settleClaim: (caseId: string, paymentId: string, status: ClaimStatus, step: string): Promise<void> => settleClaim(db, caseId, paymentId, status, step),

    planRedress: (request: PayoutRequest) => planRedress(db, request),
    planAdvance: (request: PayoutRequest) => planAdvance(db, request),
    planRecovery: (request: PayoutRequest) => planRecovery(db, request),

    /** Hands over disputes that were recorded while Temporal was out of reach. @returns how many */
    async handOverDisputes(): Promise<number> {
      const inputs: DisputeInput[] = await disputesNotHandedOver(db, new Date(Date.now() - graceMillis), 100)
      for (const input of inputs) {
        await handOverDispute(db, temporal, input)
        log.warn({ caseId: input.caseId }, 'recovered a dispute that Temporal had not taken')
      }
      return inputs.length
    },
  }
}
