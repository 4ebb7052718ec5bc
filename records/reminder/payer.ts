import type { HelpChannel } from '../../domain/reminder/check'
import { maskPhone } from '../../domain/masking'
import { inTransaction, type Database, type Sql } from '../database'
import { appendEvents, moveCase } from '../timeline'
import { scriptInForce } from '../scripts'
import { helpPriority, newCallCode } from './checks'
import { lockCheck, type LockedCheck } from './progress'

/** What the payer wants is not possible where the payment is now. */
export class TooLate extends Error {}

/** Help was asked for once: the case goes before all ordinary ones. Asking again, or for the other channel, is fine. */
export async function pressHelp(db: Database, caseId: string, channel: HelpChannel, seconds: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const check = await openCheck(tx, caseId)
    if (check.helpChannel === channel && check.phase === 'help') return
    const until = new Date(Date.now() + seconds * 1_000)
    await tx.$executeRaw`
      UPDATE payment_check SET phase = 'help', help_channel = ${channel}, until = ${until}, version = version + 1, payer_said = nullif(payer_said, 'pay'),
        call_code = ${channel === 'voice' ? newCallCode() : null} WHERE case_id = ${caseId}`
    await tx.$executeRaw`UPDATE risk_case SET priority = ${helpPriority} WHERE id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'help_pressed', actor: 'payer', data: { paymentId: check.paymentId, channel } }])
  })
}

/** The payer's own word in the app: no longer, or yes in spite of the warning. */
export async function recordWish(db: Database, caseId: string, wants: 'cancel' | 'pay'): Promise<void> {
  await inTransaction(db, async (tx) => {
    const check = await openCheck(tx, caseId)
    if (wants === 'pay' && check.phase !== 'confirming') throw new TooLate('the payment cannot be confirmed now')
    if (check.payerSaid === wants) return
    await tx.$executeRaw`UPDATE payment_check SET payer_said = ${wants}, version = version + 1 WHERE case_id = ${caseId}`
    const type = wants === 'cancel' ? 'payer_cancelled' : 'warning_acknowledged'
    await appendEvents(tx, caseId, [{ type, actor: 'payer', data: { paymentId: check.paymentId } }])
  })
}

async function openCheck(tx: Sql, caseId: string): Promise<LockedCheck> {
  const check = await lockCheck(tx, caseId)
  if (!check || check.phase === 'settling' || check.phase === 'final') throw new TooLate('the payment is decided')
  return check
}

/** The first of the inbound attempts of a case: their numbers never meet those of the calls that we make. */
const firstInbound = 1_000

export interface CalledIn {
  caseId: string
  attemptId: string
  number: number
  locale: string
  payerId: string
  workflowId: string
}

/** Whether anybody is awaited to call in now; `theirs` when the calling number is the payer's own. */
export async function awaitedCaller(db: Database, phone: string): Promise<{ theirs: boolean; locale: string } | undefined> {
  const [awaited] = await db.$queryRaw<{ theirs: boolean; locale: string }[]>`
    SELECT coalesce(c.payer->'phones' ? ${phone}, false) AS theirs, c.locale FROM payment_check k JOIN risk_case c ON c.id = k.case_id
    WHERE k.call_code IS NOT NULL AND k.phase = 'help' ORDER BY 1 DESC LIMIT 1`
  return awaited
}

/** The case whose payer may call in with this code now. */
export async function awaitsCode(db: Database, code: string): Promise<{ caseId: string; locale: string } | undefined> {
  const found = await db.$queryRaw<{ caseId: string; locale: string }[]>`
    SELECT k.case_id AS "caseId", c.locale FROM payment_check k JOIN risk_case c ON c.id = k.case_id
    WHERE k.call_code = ${code} AND k.phase = 'help' AND k.help_channel = 'voice' LIMIT 2`
  // Two payers with one code by chance: neither is let in, and both may ask for another.
  return found.length === 1 ? found[0] : undefined
}

/** The payer's leg as an attempt that nobody had to dial. Repeats find the row of the first. */
export async function recordCalledIn(db: Database, caseId: string, call: { callSid: string; from: string }): Promise<CalledIn | undefined> {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check || check.phase !== 'help') return undefined
    const [theCase] = await tx.$queryRaw<{ locale: string; payerId: string; workflowId: string; number: number; known: number | null }[]>`
      SELECT locale, payer_id AS "payerId", workflow_id AS "workflowId",
             (SELECT coalesce(max(number), ${firstInbound}::int) + 1 FROM attempt WHERE case_id = ${caseId} AND number > ${firstInbound}) AS number,
             (SELECT number FROM attempt WHERE call_sid = ${call.callSid}) AS known
      FROM risk_case WHERE id = ${caseId}`
    const { locale, payerId, workflowId, known } = theCase!
    const number = known ?? theCase!.number
    const attemptId = `${caseId}.${number}`
    if (known === null) {
      const now = new Date()
      const { reference: script } = await scriptInForce(tx, 'answer_reminder', locale)
      await tx.$executeRaw`
        INSERT INTO attempt (id, case_id, number, phone, mode, call_sid, status, reason, permission, intended_at, requested_at, answered_at, script)
        VALUES (${attemptId}, ${caseId}, ${number}, ${call.from}, 'inbound', ${call.callSid}, 'in_progress', 'payer_called', 'payer_called', ${now}, ${now}, ${now}, ${script})`
      await appendEvents(tx, caseId, [{ type: 'payer_called_in', actor: 'payer', data: { attemptId, phone: maskPhone(call.from), script } }])
      await moveCase(tx, caseId, 'calling', 'payer')
    }
    return { caseId, attemptId, number, locale, payerId, workflowId }
  })
}
