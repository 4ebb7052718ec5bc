import { holesOf, securityHoles, type AccountSecurity, type SecurityHole } from '../domain/security'
import type { ScriptDocument } from '../domain/script/document'
import { inTransaction, sqlOf, type Database } from './database'
import { policyVersion } from './policy'
import { scriptOfCase } from './scripts'
import { appendEvents, lockCase } from './timeline'

/** One piece of advice that was given, and what the payer said to it. */
export interface AdviceGiven {
  advice: SecurityHole
  agreed: boolean
}

/** What the follow-up must know. */
export interface FollowUpPlan {
  caseId: string
  messageSeconds: number
  firstLookSeconds: number
  secondLookSeconds: number
}

/**
 * Writes what the agent has advised so far; the last word counts. The first one begins the follow-up.
 * @returns the follow-up's plan; undefined when there is no such case
 */
export async function recordGuidance(db: Database, caseId: string, agentId: string, given: AdviceGiven[]): Promise<FollowUpPlan | undefined> {
  return inTransaction(db, async (tx) => {
    if (!(await lockCase(tx, caseId))) return undefined
    const [theCase] = await tx.$queryRaw<{ payerId: string; security: AccountSecurity; version: number }[]>`
      SELECT payer_id AS "payerId", payer->'security' AS security, policy_version AS version FROM risk_case WHERE id = ${caseId}`
    const { payerId, security, version } = theCase!
    const before = await readGuidance(tx, caseId)
    await tx.$executeRaw`DELETE FROM guidance WHERE case_id = ${caseId}`
    for (const { advice, agreed } of given)
      await tx.$executeRaw`INSERT INTO guidance (case_id, advice, agreed, agent_id) VALUES (${caseId}, ${advice}, ${agreed}, ${agentId})`
    const script = await scriptOfCase(tx, caseId)
    await tx.$executeRaw`
      INSERT INTO guidance_follow_up (case_id, payer_id, agent_id, script, holes_before, holes_now)
      VALUES (${caseId}, ${payerId}, ${agentId}, ${script!.reference}, ${holesOf(security)}, ${[]}) ON CONFLICT DO NOTHING`
    const news = given.filter(({ advice, agreed }) => !before.some((old) => old.advice === advice && old.agreed === agreed))
    await appendEvents(tx, caseId, news.map(({ advice, agreed }) => ({ type: agreed ? 'guidance_agreed' : 'guidance_given', actor: `agent:${agentId}`, data: { advice } })))
    return { caseId, ...(await policyVersion(tx, version)).guidanceFollowUp }
  })
}

/** In the order in which it closes the largest hole first. */
export async function readGuidance(tx: Pick<ReturnType<typeof sqlOf>, '$queryRaw'>, caseId: string): Promise<AdviceGiven[]> {
  const rows = await tx.$queryRaw<AdviceGiven[]>`SELECT advice, agreed FROM guidance WHERE case_id = ${caseId}`
  return rows.toSorted((a, b) => securityHoles.indexOf(a.advice) - securityHoles.indexOf(b.advice))
}

export interface MessageDue {
  phone: string
  script: ScriptDocument
  holes: SecurityHole[]
}

/** The message with the steps, when the payer has agreed to something and was not sent it. */
export async function messageDue(db: Database, caseId: string): Promise<MessageDue | undefined> {
  const [row] = await sqlOf(db).$queryRaw<{ phone: string }[]>`
    SELECT c.payer->'phones'->>0 AS phone FROM guidance_follow_up f JOIN risk_case c ON c.id = f.case_id
    WHERE f.case_id = ${caseId} AND f.messaged_at IS NULL`
  const agreed = (await readGuidance(sqlOf(db), caseId)).filter((one) => one.agreed)
  if (!row || agreed.length === 0) return undefined
  const script = await scriptOfCase(sqlOf(db), caseId)
  return { ...row, script: script!.document, holes: agreed.map(({ advice }) => advice) }
}

export async function recordMessaged(db: Database, caseId: string, holes: SecurityHole[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const first = await tx.$executeRaw`UPDATE guidance_follow_up SET messaged_at = now() WHERE case_id = ${caseId} AND messaged_at IS NULL`
    if (first > 0) await appendEvents(tx, caseId, [{ type: 'guidance_messaged', actor: 'system:guidance', data: { advice: holes } }])
  })
}

/** What the payments core said of the account, at the first or the second look. A repeat changes nothing. */
export async function recordLook(db: Database, caseId: string, look: number, security: AccountSecurity | undefined): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const [row] = await tx.$queryRaw<{ holesBefore: string[] }[]>`
      SELECT holes_before AS "holesBefore" FROM guidance_follow_up WHERE case_id = ${caseId} AND looks < ${look}`
    if (!row) return
    const known = security !== undefined
    const holes = known ? holesOf(security) : []
    if (known) await tx.$executeRaw`UPDATE guidance_follow_up SET looks = ${look}, looked_at = now(), holes_now = ${holes} WHERE case_id = ${caseId}`
    const closed = row.holesBefore.filter((hole) => known && !holes.some((left) => left === hole))
    await appendEvents(tx, caseId, [
      { type: !known ? 'security_unknown' : closed.length > 0 ? 'security_raised' : 'security_unchanged', actor: 'system:guidance', data: { look, closed } },
    ])
  })
}

export interface GuidanceCount {
  /** An agent's id, a script at its version (`callback/en@3`), a piece of advice; empty for all together. */
  key: string
  name: string | null
  guided: number
  /** At whose account the payments core was asked at least once. */
  looked: number
  raised: number
}

export interface GuidanceReport {
  all: GuidanceCount
  byAgent: GuidanceCount[]
  byScript: GuidanceCount[]
  /** Of each advice, whether that very hole was closed. */
  byAdvice: GuidanceCount[]
}

/** How many of the guided payers raised their security. */
export async function guidanceReport(db: Database, from: Date, until: Date): Promise<GuidanceReport> {
  const rows = await sqlOf(db).$queryRaw<(GuidanceCount & { part: string })[]>`
    WITH followed AS (
      SELECT f.*, looks > 0 AS seen, looks > 0 AND EXISTS (SELECT unnest(holes_before) EXCEPT SELECT unnest(holes_now)) AS rose
      FROM guidance_follow_up f
      WHERE begun_at >= ${from} AND begun_at < ${until} AND EXISTS (SELECT 1 FROM guidance g WHERE g.case_id = f.case_id))
    SELECT 'all' AS part, '' AS key, NULL AS name, count(*)::int AS guided, count(*) FILTER (WHERE seen)::int AS looked, count(*) FILTER (WHERE rose)::int AS raised FROM followed
    UNION ALL
    SELECT 'agent', agent_id, u.name, count(*)::int, count(*) FILTER (WHERE seen)::int, count(*) FILTER (WHERE rose)::int
    FROM followed LEFT JOIN staff_user u ON u.id = agent_id GROUP BY agent_id, u.name
    UNION ALL
    SELECT 'script', script, NULL, count(*)::int, count(*) FILTER (WHERE seen)::int, count(*) FILTER (WHERE rose)::int FROM followed GROUP BY script
    UNION ALL
    SELECT 'advice', g.advice, NULL, count(*)::int, count(*) FILTER (WHERE seen)::int, count(*) FILTER (WHERE seen AND NOT g.advice = ANY(holes_now))::int
    FROM followed JOIN guidance g USING (case_id) GROUP BY g.advice
    ORDER BY guided DESC, key`
  const of = (part: string) => rows.filter((row) => row.part === part).map(({ key, name, guided, looked, raised }) => ({ key, name, guided, looked, raised }))
  return { all: of('all')[0]!, byAgent: of('agent'), byScript: of('script'), byAdvice: of('advice') }
}
