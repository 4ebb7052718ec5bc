import { createKeyedHash } from '../configuration/keyedHash'
import { moneyActionKey } from '../domain/money'
import { trustedContactMessage } from '../domain/reminder/notices'
import type { CheckPhase, RecordedCheck, TalkResult } from '../domain/reminder/check'
import { PaymentsCoreUnavailable } from '../providers/paymentsCore'
import { offerToFreeAgent } from '../providers/caseWorkflows'
import { recordAnswers, recordUnanswered, type Instruction, type LedgerAnswer } from '../records/money'
import { chatAgentIsThere } from '../records/chatsInHand'
import { endChat, loseChatAgent } from '../records/reminder/chat'
import { askTrustedContact } from '../records/reminder/trustedContact'
import { closeReminder, enterPhase, recordCheckFunds, recordTalk, sealFate, type Fate } from '../records/reminder/progress'
import type { ActivityDependencies } from './dependencies'

/** Which way the money of a paused payment goes. */
export type CheckMove = 'hold' | 'release' | 'refund'

const stateAfter = { hold: 'held', release: 'released', refund: 'refunded' } as const

/** What a paused payment needs done. Each may run more than once and does its work once. */
export function createReminderActivities({ db, temporal, telephony, paymentsCore, configuration, log, metrics }: ActivityDependencies) {
  // The same link when the activity runs again, and nothing that anybody else could make.
  const trustedLinks = () => createKeyedHash(configuration.payloadKeys, 'links of trusted contacts')
  return {
    enterPhase: (caseId: string, phase: CheckPhase, seconds?: number): Promise<void> => enterPhase(db, caseId, phase, seconds === undefined ? {} : { seconds }),

    /** Writes what came of the talk and scores the payment again. @returns undefined when its fate is sealed */
    recordTalkResult: (caseId: string, talk: TalkResult): Promise<number | undefined> => recordTalk(db, caseId, talk),

    /** A text to whom the payer trusts, with a link to answer by. It may come twice, and says nothing of the payment or of the payer. */
    async messageTrustedContact(caseId: string, phone: string, locale: string): Promise<void> {
      const link = trustedLinks().of([caseId, phone]).toString('base64url')
      if (await askTrustedContact(db, caseId, link)) await telephony.sendMessage(phone, trustedContactMessage(locale, `${configuration.publicBaseUrl}/ask/trusted#${link}`))
    },

    /** Seals what becomes of the payment; a "cancel" that came first goes first. */
    sealFate: (caseId: string, wanted: Fate): Promise<Fate> => sealFate(db, caseId, wanted),

    /** One instruction to the payments core, under the payment's own key, so that repeating it moves nothing twice. */
    async moveCheckMoney({ caseId, paymentId, payerId, payeeId, amount }: RecordedCheck, kind: CheckMove, reason: string): Promise<LedgerAnswer> {
      const key = moneyActionKey(kind, paymentId)
      const actor = 'system:policy'
      const instruction: Instruction = { key, caseId, paymentId, kind, reason, actor, requestedAt: Date.now() }
      const body = kind === 'hold' ? { paymentId, payerId, payeeId, amount, caseId, reason } : { paymentId, caseId, reason, actor }
      let answer: LedgerAnswer
      try {
        answer = await paymentsCore.instruct(kind, key, body)
      } catch (error) {
        if (!(error instanceof PaymentsCoreUnavailable)) throw error
        metrics.ledgerFailures.inc({ kind, failure: 'unanswered' })
        await recordUnanswered(db, [instruction], undefined, error.message)
        throw error
      }
      await recordAnswers(db, [{ instruction, answer }])
      if (answer.status === 'confirmed') await recordCheckFunds(db, caseId, stateAfter[kind])
      if (answer.status === 'refused') {
        metrics.ledgerFailures.inc({ kind, failure: 'refused' })
        log.error({ caseId, instruction: key, reason: answer.reason }, 'the ledger refused an instruction')
      }
      return answer
    },

    async closeReminder(caseId: string): Promise<void> {
      const { freedAgentId } = await closeReminder(db, caseId)
      if (freedAgentId) await offerToFreeAgent(db, temporal, freedAgentId)
    },

    endChat: (caseId: string, wrapUpSeconds: number): Promise<void> => endChat(db, caseId, wrapUpSeconds),

    /** Is the agent who chats still there? One whose browser died is not, and another one is sought. */
    async chatAgentIsThere(caseId: string, agentId: string): Promise<boolean> {
      const there = await chatAgentIsThere(db, caseId, agentId)
      if (!there) await loseChatAgent(db, caseId, agentId)
      return there
    },
  }
}
