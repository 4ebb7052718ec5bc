import { sealed } from '../../configuration/vault'
import { inTransaction, type Database } from '../database'
import { appendEvents, moveCase } from '../timeline'
import { lockCheck } from './progress'
import { TooLate } from './payer'

export interface ChatMessage {
  id: string
  at: string
  by: 'payer' | 'agent'
  text: string
}

/** One message of the payer or of the agent. The timeline says that something was written, and not what. */
export async function writeMessage(db: Database, caseId: string, author: string, text: string): Promise<ChatMessage> {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, caseId)
    if (!check || check.phase === 'final') throw new TooLate('the conversation is over')
    const [row] = await tx.$queryRaw<{ id: bigint; at: Date }[]>`
      INSERT INTO case_message (case_id, author, text) VALUES (${caseId}, ${author}, ${sealed(text)}) RETURNING id, at`
    const id = String(row!.id)
    await tx.$executeRaw`UPDATE payment_check SET version = version + 1 WHERE case_id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'message_written', actor: author, data: { messageId: id } }])
    // Whoever writes with an agent talks with one.
    if (author !== 'payer') await moveCase(tx, caseId, 'talking', author)
    return { id, at: row!.at.toISOString(), by: author === 'payer' ? 'payer' : 'agent', text }
  })
}

/** Oldest first; `after` is the id of the last one known. */
export async function readMessages(db: Database, caseId: string, after = '0'): Promise<ChatMessage[]> {
  const rows = await db.caseMessage.findMany({ where: { caseId, id: { gt: BigInt(after) } }, orderBy: { id: 'asc' }, take: 500 })
  return rows.map(({ id, at, author, text }) => ({ id: String(id), at: at.toISOString(), by: author === 'payer' ? 'payer' : 'agent', text }))
}

/** The chat is over: its agent wraps up. */
export async function endChat(db: Database, caseId: string, wrapUpSeconds: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCheck(tx, caseId)
    await tx.$executeRaw`
      UPDATE presence SET status = 'wrap_up', since = now(), wrap_up_until = now() + make_interval(secs => ${wrapUpSeconds})
      WHERE case_id = ${caseId} AND status = 'busy'`
    await moveCase(tx, caseId, 'received', 'system:case')
  })
}

/** Whether the agent who chats is still there: their browser was heard lately. */
export async function chatAgentIsThere(db: Database, caseId: string, agentId: string): Promise<boolean> {
  const there = await db.presence.count({ where: { userId: agentId, caseId, status: 'busy', leaseUntil: { gt: new Date() } } })
  return there > 0
}
