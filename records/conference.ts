import { transact, type Database, type Transaction } from './database'
import { appendEvents } from './timeline'

/** The case is with this agent now. */
export async function agentMayJoin(db: Database, caseId: string, agentId: string): Promise<boolean> {
  return (await db.riskCase.count({ where: { id: caseId, agentId, status: { not: 'closed' } } })) === 1
}

/**
 * The agent's leg left.
 * @returns the payer's live call when they are left behind in it
 */
export async function recordAgentLeft(db: Database, caseId: string, agentId: string, callSid: string): Promise<{ payerId: string; attemptId: string } | undefined> {
  await transact(db, (tx) => appendAgentLeg(tx, caseId, { type: 'agent_left', agentId, callSid }))
  const live = await db.attempt.findFirst({ where: { caseId, status: { not: 'ended' }, callSid: { not: null } }, include: { case: { select: { payerId: true } } } })
  return live ? { payerId: live.case.payerId, attemptId: live.id } : undefined
}

export interface AgentLeg {
  type: 'agent_joined' | 'agent_left'
  agentId: string
  callSid: string
}

/** A repeated webhook writes one event. @returns whether the case is known */
export async function appendAgentLeg(tx: Transaction, caseId: string, { type, agentId, callSid }: AgentLeg): Promise<boolean> {
  if (!(await lockCase(tx, caseId))) return false
  const known = await tx.caseEvent.count({ where: { caseId, type, data: { path: ['callSid'], equals: callSid } } })
  if (known === 0) await appendEvents(tx, caseId, [{ type, actor: `agent:${agentId}`, data: { agentId, callSid } }])
  return true
}

/** Whether the agent's leg is in the conference: its last word was that it joined. */
export async function isAgentIn(tx: Transaction | Database, caseId: string, agentId: string): Promise<boolean> {
  const last = await tx.caseEvent.findFirst({
    where: { caseId, type: { in: ['agent_joined', 'agent_left'] }, actor: `agent:${agentId}` },
    orderBy: { id: 'desc' },
  })
  return last?.type === 'agent_joined'
}

export async function recordRecording(db: Database, caseId: string, recording: { recordingSid: string; seconds: number }): Promise<void> {
  await transact(db, async (tx) => {
    if (!(await lockCase(tx, caseId))) return
    const known = await tx.caseEvent.findFirst({ where: { caseId, type: 'recording_completed', data: { path: ['recordingSid'], equals: recording.recordingSid } } })
    if (!known) await appendEvents(tx, caseId, [{ type: 'recording_completed', actor: 'provider', data: recording }])
  })
}

/** Somebody rang us from a number of a payer with an open case. */
export async function recordPayerCalled(db: Database, phone: string, callSid: string): Promise<{ payerId: string; locale: string } | undefined> {
  return transact(db, async (tx) => {
    const [open] = await tx.$queryRaw<{ id: string; payer_id: string; locale: string }[]>`
      SELECT id, payer_id, locale FROM risk_case WHERE status <> 'closed' AND payer->'phones' ? ${phone}
      ORDER BY priority DESC LIMIT 1 FOR UPDATE`
    if (!open) return undefined
    await appendEvents(tx, open.id, [{ type: 'payer_called', actor: 'payer', data: { callSid } }])
    return { payerId: open.payer_id, locale: open.locale }
  })
}

async function lockCase(tx: Transaction, caseId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM risk_case WHERE id = ${caseId} FOR UPDATE`
  return rows.length === 1
}
