import { mayDialCustomerFirst, type PacingFigures } from '../domain/pacing'
import type { Policy } from '../domain/policy'
import type { Sql } from './database'

/** The calls of the policy's window, over all queues. A payer who waits for less than the policy's seconds is still in flight. */
export async function pacingFigures(sql: Sql, { windowSeconds, answerSeconds }: Policy['pacing']): Promise<PacingFigures> {
  const [row] = await sql.$queryRaw<PacingFigures[]>`
    SELECT count(*) FILTER (WHERE NOT undecided)::int AS live, count(*) FILTER (WHERE abandoned)::int AS abandoned,
           (SELECT count(*)::int FROM attempt WHERE mode = 'customer_first' AND status <> 'ended' AND contact_at IS NULL
              AND (payer_joined_at IS NULL OR payer_joined_at > now() - make_interval(secs => ${answerSeconds}))) AS "inFlight"
    FROM (
      SELECT mode = 'customer_first' AND contact_at IS NULL AND ended_at IS NULL AND payer_joined_at > now() - make_interval(secs => ${answerSeconds}) AS undecided,
             mode = 'customer_first' AND coalesce(contact_at, ended_at, now()) > payer_joined_at + make_interval(secs => ${answerSeconds}) AS abandoned
      FROM attempt WHERE payer_joined_at > now() - make_interval(secs => ${windowSeconds}) AND mode IN ('agent_first', 'customer_first')) live`
  return row!
}

/**
 * Whether this call may ring before an agent is reserved. One decides after the other until its transaction has
 * written the call down, so that two cannot both take the last place.
 */
export async function takePacingPlace(tx: Sql, { pacing }: Policy): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('pacing'))`
  return mayDialCustomerFirst(await pacingFigures(tx, pacing), pacing.maxAbandonedPercent)
}

/** Customer first now, without an offer: pacing permits it, and more agents are free for the case than phones ring for one. */
export async function customerFirstNow(tx: Sql, caseId: string, { pacing }: Policy): Promise<boolean> {
  const figures = await pacingFigures(tx, pacing)
  if (!mayDialCustomerFirst(figures, pacing.maxAbandonedPercent)) return false
  const [row] = await tx.$queryRaw<{ free: number }[]>`
    SELECT count(*)::int AS free FROM presence p JOIN staff_user u ON u.id = p.user_id AND u.active JOIN risk_case c ON c.id = ${caseId}
    WHERE takes_offers(p) AND has_room(p, u, c)
      AND c.required <@ u.abilities AND (c.open_to = '{}' OR c.open_to && u.abilities)`
  return row!.free > figures.inFlight
}
