import { createPayeeLinks } from '../configuration/payeeLinks'
import type { Attention } from '../domain/attention'
import type { HelpOutcome, HelpStatus, Instalment, InstalmentState, TransferHelpInput } from '../domain/transferHelp/help'
import { handOverTransferHelp } from '../providers/transferHelp'
import { sqlOf } from '../records/database'
import { closeMediation } from '../records/transferHelp/mediation'
import { helpNotHandedOver } from '../records/transferHelp/openHelp'
import { answerOf, askPayee, closeHelp, markInstalment, moveHelp, planInstalments, recordHoldUntil } from '../records/transferHelp/progress'
import type { ActivityDependencies } from './dependencies'

// Younger ones are most likely on their way: the API hands over within this time.
const graceMillis = 5_000

export function createTransferHelpActivities({ db, temporal, configuration, log }: ActivityDependencies) {
  return {
    moveHelp: (caseId: string, to: HelpStatus, attention: Attention | null) => moveHelp(db, caseId, to, attention),
    recordHoldUntil: (caseId: string, until: string) => recordHoldUntil(db, caseId, new Date(until)),
    payeeAnswer: (caseId: string) => answerOf(sqlOf(db), caseId),
    closeMediation: (caseId: string) => closeMediation(db, caseId),
    planInstalments: (caseId: string, round: number, parts: Instalment[]) => planInstalments(db, caseId, round, parts),
    markInstalment: (caseId: string, part: { round: number; number: number; state: InstalmentState }) => markInstalment(db, caseId, part),
    closeHelp: (caseId: string, outcome: HelpOutcome) => closeHelp(db, caseId, outcome),

    /** The payee's app shows the request, with a link that works until then. */
    async askPayee(caseId: string, about: { step: 'asked' | 'reminded'; number: number; until: string }): Promise<void> {
      const links = createPayeeLinks(configuration.payloadKeys, configuration.publicBaseUrl)
      await askPayee(db, caseId, { step: about.step, number: about.number, link: links.link(caseId, Date.parse(about.until)) })
    },

    /** Hands over cases that were recorded while Temporal was out of reach. @returns how many */
    async handOverTransferHelp(): Promise<number> {
      const inputs: TransferHelpInput[] = await helpNotHandedOver(db, new Date(Date.now() - graceMillis), 100)
      for (const input of inputs) {
        await handOverTransferHelp(db, temporal, input)
        log.warn({ caseId: input.caseId }, 'recovered a case of help that Temporal had not taken')
      }
      return inputs.length
    },
  }
}
