import { stepsMessage } from '../domain/script/guidance'
import { messageDue, recordLook, recordMessaged } from '../records/guidance'
import { sqlOf } from '../records/database'
import type { ActivityDependencies } from './dependencies'

export function createGuidanceActivities({ db, telephony, paymentsCore }: ActivityDependencies) {
  return {
    /** Sends the payer the steps that they agreed to, once as far as we know: after a lost answer they may come twice. */
    async sendGuidanceSteps(caseId: string): Promise<void> {
      const due = await messageDue(db, caseId)
      if (!due) return
      await telephony.sendMessage(due.phone, stepsMessage(due.script, due.holes))
      await recordMessaged(db, caseId, due.holes)
    },

    /** Asks the payments core how the account is protected now. */
    async lookAtSecurity(caseId: string, look: number): Promise<void> {
      const [theCase] = await sqlOf(db).$queryRaw<{ payerId: string }[]>`SELECT payer_id AS "payerId" FROM guidance_follow_up WHERE case_id = ${caseId}`
      if (theCase) await recordLook(db, caseId, look, await paymentsCore.securityOf(theCase.payerId))
    },
  }
}
