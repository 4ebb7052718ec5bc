import { inTransaction, type Database, type Sql } from '../database'
import { beginWrapUp } from '../handover'
import { policyVersion } from '../policy'
import { appendEvents, lockCase } from '../timeline'
import { about, lockLine, openThirdParty, ThirdPartyRefused } from './line'

/**
 * The agent drops the third party, whether they ring or talk. Repeating it changes nothing.
 * @returns who, for whoever carries their call; undefined when there is nobody
 */
export async function dropThirdParty(db: Database, caseId: string, agentId: string): Promise<string | undefined> {
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const id = await openThirdParty(tx, caseId)
    const line = id === undefined ? undefined : await lockLine(tx, id)
    if (!line || line.droppedAt) return line?.id
    await tx.$executeRaw`UPDATE third_party SET dropped_at = now() WHERE id = ${line.id}`
    await appendEvents(tx, caseId, [{ type: 'third_party_dropped', actor: `agent:${agentId}`, data: { ...about(line), agentId } }])
    return line.id
  })
}

/** With a talk, the third party's part in it is at its end. The case's row must be locked. @returns who, if somebody is still on a line */
export async function endThirdParty(tx: Sql, attemptId: string): Promise<string | undefined> {
  const [open] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE third_party SET dropped_at = coalesce(dropped_at, now()) WHERE attempt_id = ${attemptId} AND ended_at IS NULL RETURNING id`
  return open?.id
}

/**
 * The agent leaves the payer and the third party to themselves, and wraps up.
 * @throws ThirdPartyRefused when policy forbids it, something is still to be decided, or the two are not talking
 */
export async function leaveTogether(db: Database, caseId: string, agentId: string): Promise<void> {
  const refuse = (message: string): never => {
    throw new ThirdPartyRefused('conflict', message)
  }
  await inTransaction(db, async (tx) => {
    const [facts] = await tx.$queryRaw<{ agentId: string | null; kind: string; undecided: boolean; held: boolean; consulting: boolean }[]>`
      SELECT c.agent_id AS "agentId", c.kind,
        EXISTS (SELECT 1 FROM flagged_payment p WHERE p.case_id = c.id AND p.decision = 'undecided') AS undecided,
        coalesce((SELECT e.type = 'payer_held' FROM case_event e WHERE e.case_id = c.id AND e.type IN ('payer_held', 'payer_resumed')
          AND e.data->>'attemptId' = (SELECT t.attempt_id FROM third_party t WHERE t.case_id = c.id AND t.ended_at IS NULL) ORDER BY e.id DESC LIMIT 1), false) AS held,
        EXISTS (SELECT 1 FROM warm_transfer w WHERE w.case_id = c.id AND w.ended_at IS NULL) AS consulting
      FROM risk_case c WHERE c.id = ${caseId} FOR UPDATE`
    if (facts?.agentId !== agentId) throw new ThirdPartyRefused('not_yours', 'This case is not in your hands.')
    const id = await openThirdParty(tx, caseId)
    const line = id === undefined ? undefined : await lockLine(tx, id)
    if (!line?.joinedAt || !line.talking || line.droppedAt) return refuse('The two are not talking with each other.')
    const { thirdParty, wrapUpSeconds } = await policyVersion(tx, line.policyVersion)
    if (!thirdParty.leaveTogether) refuse('The policy does not allow it: end the call, or drop the third party.')
    if (facts.kind !== 'callback' || facts.undecided) refuse('Record the verdicts first: nobody could do so afterwards.')
    if (facts.held) refuse('The payer is on hold. Take them back first.')
    if (facts.consulting) refuse('The call is being handed over. Finish that first.')
    await tx.$executeRaw`UPDATE third_party SET left_together_at = now(), agent_id = ${agentId} WHERE id = ${line.id}`
    await appendEvents(tx, caseId, [{ type: 'third_party_left_together', actor: `agent:${agentId}`, data: { ...about(line), agentId } }])
    await beginWrapUp(tx, caseId, agentId, wrapUpSeconds)
  })
}
