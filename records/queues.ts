import { demandsOf, stageAt, type QueueDialMode, type QueueStage } from '../domain/queue'
import { urgentAt } from '../domain/priority'
import type { HelpChannel } from '../domain/reminder/check'
import type { Sql } from './database'
import { appendEvents } from './timeline'

/** Where a case stands in line, and how its queue wants it dialled. */
export interface Place {
  closed: boolean
  urgentAt: Date
  queue?: { id: string; dialMode: QueueDialMode }
  /** When more agents may be asked: the queue widens, or the avoided one is not avoided any longer. */
  widensAt?: Date
  /** Nobody else was found in time: from now on the avoided agent may be asked too. */
  avoidedLongEnough: boolean
  /** Writes it down, and begins a fresh search. */
  take(): Promise<void>
}

interface PlacedCase {
  status: string
  kind: string
  locale: string
  priority: number
  deadline: Date
  /** The earliest promise that is still owed. */
  owed: Date | null
  firstRingAt: Date | null
  queueId: string | null
  queuedAt: Date | null
  queueStage: number
  required: string[]
  openTo: string[]
  excludedAgents: string[]
  urgentAt: Date | null
  fitsId: string | null
  name: string
  stages: QueueStage[]
  dialMode: QueueDialMode
}

/** By which channel an agent is sought, and how few chats they must have in hand to be asked. */
export interface AskedRoom {
  channel: HelpChannel
  chatsBelow: number
}

export interface PlaceRequest extends Partial<AskedRoom> {
  caseId: string
  /** A new search: it begins at the queue's first stage, and everybody may be asked again. */
  fresh: boolean
  preferredAgentId?: string
  onTheLine?: boolean
  /** Somebody else is wanted: until then, epoch milliseconds, this agent is not asked. */
  avoided?: AvoidedAgent
}

export interface AvoidedAgent {
  agentId: string
  until: number
}

/**
 * Locks the case and finds its queue, the one whose criteria it meets, and the stage that its time there has come
 * to. Without such a queue any agent may have it. @returns undefined when there is no such case
 */
export async function findPlace(tx: Sql, { caseId, fresh, preferredAgentId, onTheLine = false, avoided, channel, chatsBelow }: PlaceRequest): Promise<Place | undefined> {
  const theCase = await lockWithQueue(tx, caseId)
  if (!theCase) return undefined
  const now = new Date()
  const { fitsId, locale, priority } = theCase
  const stays = !fresh && theCase.queueId === fitsId && theCase.queuedAt !== null
  const queuedAt = stays ? theCase.queuedAt! : now
  const hasRung = theCase.owed === null && (theCase.kind === 'callback' || theCase.firstRingAt !== null)
  const deadline = (theCase.owed ?? theCase.deadline).getTime()
  const urgent = new Date(urgentAt({ deadline, priority, hasRung, onTheLine, now: queuedAt.getTime() }))
  const { index, widensAfter } = fitsId ? stageAt(theCase.stages, (now.getTime() - queuedAt.getTime()) / 1_000) : { index: 0 }
  const avoiding = avoided !== undefined && now.getTime() < avoided.until
  const avoidedLongEnough = avoided !== undefined && !avoiding && theCase.excludedAgents.includes(avoided.agentId)
  const widens = [...(widensAfter ? [queuedAt.getTime() + widensAfter * 1_000] : []), ...(avoiding ? [avoided.until] : [])]
  const { required, openTo } = fitsId ? demandsOf(theCase.stages[index]!, locale) : { required: [], openTo: [] }
  // The queue itself may have been changed while the case waits.
  const asked = (demands: { required: string[]; openTo: string[] }) => `${demands.required.join()};${demands.openTo.join()}`
  const moved = !stays || index !== theCase.queueStage || asked({ required, openTo }) !== asked(theCase)
  return {
    closed: theCase.status === 'closed',
    urgentAt: urgent,
    ...(fitsId ? { queue: { id: fitsId, dialMode: theCase.dialMode } } : {}),
    ...(widens.length > 0 ? { widensAt: new Date(Math.min(...widens)) } : {}),
    avoidedLongEnough,
    async take() {
      if (avoidedLongEnough) {
        await tx.$executeRaw`UPDATE risk_case SET excluded_agents = array_remove(excluded_agents, ${avoided.agentId}) WHERE id = ${caseId}`
        await appendEvents(tx, caseId, [{ type: 'no_other_agent', actor: 'system:dispatch', data: { agentId: avoided.agentId } }])
      }
      if (!moved && theCase.urgentAt?.getTime() === urgent.getTime()) return
      await tx.$executeRaw`
        UPDATE risk_case SET queue_id = ${fitsId}, queued_at = ${queuedAt}, queue_stage = ${index}, required = ${required}, open_to = ${openTo}, urgent_at = ${urgent},
          excluded_agents = CASE WHEN ${fresh} THEN ${avoiding ? [avoided.agentId] : []} ELSE excluded_agents END,
          -- Whoever had the case in the last search has it no longer; they may still be in wrap-up.
          agent_id = CASE WHEN ${fresh} THEN NULL ELSE agent_id END,
          channel = CASE WHEN ${fresh} THEN coalesce(${channel ?? null}, channel) ELSE channel END,
          chats_below = CASE WHEN ${fresh} THEN coalesce(${chatsBelow ?? null}, chats_below) ELSE chats_below END,
          preferred_agent_id = CASE WHEN ${fresh} THEN ${preferredAgentId ?? null} ELSE preferred_agent_id END
        WHERE id = ${caseId}`
      if (!fitsId || !moved) return
      const data = { queueId: fitsId, queue: theCase.name, stage: index + 1, required, openTo }
      await appendEvents(tx, caseId, [{ type: stays ? 'queue_widened' : 'case_queued', actor: 'system:dispatch', data }])
    },
  }
}

async function lockWithQueue(tx: Sql, caseId: string): Promise<PlacedCase | undefined> {
  const [row] = await tx.$queryRaw<PlacedCase[]>`
    SELECT c.status, c.kind, c.locale, c.priority, c.deadline, c.first_ring_at AS "firstRingAt", c.queue_id AS "queueId", c.queued_at AS "queuedAt",
           c.queue_stage AS "queueStage", c.required, c.open_to AS "openTo", c.excluded_agents AS "excludedAgents", c.urgent_at AS "urgentAt",
           (SELECT min(p.deadline) FROM flagged_payment p WHERE p.case_id = c.id AND p.rang_at IS NULL AND p.decision = 'undecided') AS owed,
           q.id AS "fitsId", q.name, q.stages, q.dial_mode AS "dialMode"
    FROM risk_case c CROSS JOIN LATERAL (SELECT queue_for(c) AS id) fits LEFT JOIN queue q ON q.id = fits.id
    WHERE c.id = ${caseId} FOR UPDATE OF c`
  return row
}
