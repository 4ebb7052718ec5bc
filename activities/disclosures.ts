import { disclosurePackage } from '../documents/disclosurePackage'
import { createReport } from '../documents/report'
import { disclosureMessage } from '../domain/disclosure/message'
import type { DisclosureOutcome } from '../domain/disclosure/disclosure'
import { beginDeciding, closeDisclosure, expirePackage, packageFacts, personsToInform, recordInformed, refuseDisclosure, storePackage } from '../records/disclosures/package'
import type { ActivityDependencies } from './dependencies'

export function createDisclosureActivities({ db, telephony }: ActivityDependencies) {
  return {
    beginDisclosure: (caseId: string): Promise<void> => beginDeciding(db, caseId),

    /** Lays out what was granted. Repeatable: the first package that is stored is the package. */
    async makeDisclosurePackage(caseId: string, packageSeconds: number): Promise<void> {
      const facts = await packageFacts(db, caseId)
      if (facts) await storePackage(db, caseId, await createReport(disclosurePackage(facts, new Date())), packageSeconds)
    },

    expireDisclosurePackage: (caseId: string): Promise<void> => expirePackage(db, caseId),
    refuseDisclosure: (caseId: string, outcome: DisclosureOutcome): Promise<void> => refuseDisclosure(db, caseId, outcome),
    closeDisclosure: (caseId: string, outcome: DisclosureOutcome): Promise<void> => closeDisclosure(db, caseId, outcome),

    /** Tells the persons concerned, now that the law allows it. After a lost answer a message may come twice. */
    async informPersons(caseId: string): Promise<void> {
      const persons = await personsToInform(db, caseId)
      for (const { phone, locale } of persons) await telephony.sendMessage(phone, disclosureMessage(locale))
      if (persons.length > 0) await recordInformed(db, caseId, persons.length)
    },
  }
}
