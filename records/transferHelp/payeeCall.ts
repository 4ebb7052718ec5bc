import type { CaseAddress } from '../../domain/messages'
import type { PayeeAnswer } from '../../domain/transferHelp/help'
import { lockAttempt, noteAnswered } from '../calls'
import { markContact } from '../contact'
import { inTransaction, type Database } from '../database'
import { appendOnce } from '../timeline'
import { answerOf, takeAnswer } from './progress'

/**
 * A key by which the payee consents or refuses; a repetition writes nothing.
 * @returns what the case is to be told; without an answer when they have answered before
 */
export async function recordPayeeKey(db: Database, attemptId: string, digit: '1' | '2'): Promise<(CaseAddress & { caseId: string; answer?: PayeeAnswer | undefined }) | undefined> {
  return inTransaction(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return undefined
    const { caseId, payerId, workflowId } = attempt
    await noteAnswered(tx, attempt)
    await markContact(tx, caseId, attemptId)
    const identity = { attemptId, digit }
    const meaning = digit === '1' ? 'payee_agrees' : 'payee_refuses'
    await appendOnce(tx, caseId, { type: 'keypress', actor: 'payee', data: { ...identity, meaning } }, identity)
    const given: PayeeAnswer = { answer: digit === '1' ? 'return' : 'refuse', by: 'payee' }
    const taken = await takeAnswer(tx, caseId, given)
    return { caseId, payerId, workflowId, answer: taken ? given : await answerOf(tx, caseId) }
  })
}
