import { sqlOf, type Database } from './database'

/** How things stand for a case that waits for an agent. */
export interface Outlook {
  /** Somebody is free whom a waiting case may be offered to. */
  idleAgentId?: string
  /** When the wrap-up ends whose agent it is this case's turn to get, RFC 3339. */
  nextFreeAt?: string
  freeSoon: number
  ringingWithoutAgent: number
  waitingAhead: number
}

/** Read after the case is seen to wait by others, so that an agent who became free meanwhile is not missed. */
export async function readOutlook(db: Database, caseId: string, ringSeconds: number): Promise<Outlook> {
  const [row] = await sqlOf(db).$queryRaw<{ idle: string | null; next_free: Date | null; soon: number; ringing: number; ahead: number }[]>`
    SELECT (SELECT p.user_id FROM presence p JOIN staff_user u ON u.id = p.user_id AND u.active
            WHERE takes_offers(p)
              AND EXISTS (SELECT 1 FROM risk_case w WHERE w.waiting_since IS NOT NULL AND w.status <> 'closed' AND has_room(p, u, w) AND NOT p.user_id = ANY(w.excluded_agents)
                AND w.required <@ u.abilities AND (w.open_to = '{}' OR w.open_to && u.abilities))
            LIMIT 1) AS idle,
           -- The second to be free is for the second in line: not everybody need look when one agent is.
           (SELECT wrap_up_until FROM presence WHERE status = 'wrap_up' AND next = 'available' AND lease_until > now() AND wrap_up_until > now()
            ORDER BY wrap_up_until LIMIT 1 OFFSET (SELECT count(*) FROM risk_case w WHERE w.waiting_since IS NOT NULL AND w.urgent_at < me.urgent_at)) AS next_free,
           (SELECT count(*)::int FROM presence WHERE lease_until > now() AND status = 'wrap_up' AND next = 'available'
              AND wrap_up_until < now() + make_interval(secs => ${ringSeconds / 2})) AS soon,
           (SELECT count(*)::int FROM attempt WHERE status IN ('intended', 'queued', 'ringing') AND agent_id IS NULL) AS ringing,
           (SELECT count(*)::int FROM risk_case w WHERE w.waiting_since IS NOT NULL
              AND w.first_ring_at IS NULL AND w.deadline <= me.deadline AND w.id <> me.id) AS ahead
    FROM risk_case me WHERE me.id = ${caseId}`
  return {
    ...(row?.idle ? { idleAgentId: row.idle } : {}),
    ...(row?.next_free ? { nextFreeAt: row.next_free.toISOString() } : {}),
    freeSoon: row?.soon ?? 0,
    ringingWithoutAgent: row?.ringing ?? 0,
    waitingAhead: row?.ahead ?? 0,
  }
}
