import { sealed } from '../../configuration/vault'
import { anotherAgentComes } from '../../domain/reminder/notices'
import { loseChat, wrapUpChat } from '../chatsInHand'
import { inTransaction, type Database } from '../database'
import { appendEvents, moveCase } from '../timeline'
import { lockCheck } from './progress'
import { TooLate } from './payer'

/** `service`: what nobody wrote, such as that somebody else comes. */
export const chatAuthors = ['payer', 'agent', 'service'] as const
export type ChatAuthor = (typeof chatAuthors)[number]

const writtenBy = (author: string): ChatAuthor => (author === 'payer' ? 'payer' : author.startsWith('system:') ? 'service' : 'agent')

export interface ChatMessage {
  id: string
  at: string
  by: ChatAuthor
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
    return { id, at: row!.at.toISOString(), by: writtenBy(author), text }
  })
}

/** Oldest first; `after` is the id of the last one known. */
export async function readMessages(db: Database, caseId: string, after = '0'): Promise<ChatMessage[]> {
  const rows = await db.caseMessage.findMany({ where: { caseId, id: { gt: BigInt(after) } }, orderBy: { id: 'asc' }, take: 500 })
  return rows.map(({ id, at, author, text }) => ({ id: String(id), at: at.toISOString(), by: writtenBy(author), text }))
}

/** The agent who chats is not there any more: the payer reads that somebody else comes. */
export async function loseChatAgent(db: Database, caseId: string, agentId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [check, [theCase]] = [await lockCheck(tx, caseId), await tx.$queryRaw<{ locale: string }[]>`SELECT locale FROM risk_case WHERE id = ${caseId}`]
    if (!(await loseChat(tx, caseId, agentId)) || !check || !theCase || check.phase === 'settling' || check.phase === 'final') return
    await tx.$executeRaw`INSERT INTO case_message (case_id, author, text) VALUES (${caseId}, 'system:dispatch', ${sealed(anotherAgentComes(theCase.locale))})`
    await tx.$executeRaw`UPDATE payment_check SET version = version + 1 WHERE case_id = ${caseId}`
  })
}

/** The chat is over: its agent wraps up. */
export async function endChat(db: Database, caseId: string, wrapUpSeconds: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCheck(tx, caseId)
    await wrapUpChat(tx, caseId, wrapUpSeconds)
    await moveCase(tx, caseId, 'received', 'system:case')
  })
}
