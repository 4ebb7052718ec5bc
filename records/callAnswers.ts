import { firstName } from './callAnnouncement'
import { sqlOf, type Database } from './database'

/** Whether we are calling a payer now, as the records have it. */
export interface CallRecord {
  answer: 'calling_now' | 'will_call' | 'called_at' | 'ended' | 'not_us'
  /** Since when, or when it was; null when nothing of the kind happened. */
  at: Date | null
  agentName: string | null
  passPhrase: string | null
  payerId: string | null
  workflowId: string | null
}

const nobody: CallRecord = { answer: 'not_us', at: null, agentName: null, passPhrase: null, payerId: null, workflowId: null }

interface Row {
  payerId: string
  workflowId: string | null
  open: boolean
  more: boolean
  status: string | null
  at: Date | null
  agentName: string | null
  passPhrase: string | null
}

/**
 * The newest call to a payer within a day, or what is planned. A payer of whom we know nothing is answered like one
 * whom nobody calls.
 */
export async function readCallRecord(db: Database, who: { payerId?: string | undefined; phone?: string | undefined }): Promise<CallRecord> {
  const { payerId = null, phone = null } = who
  const [row] = await sqlOf(db).$queryRaw<Row[]>`
    SELECT c.payer_id AS "payerId", c.workflow_id AS "workflowId", c.status <> 'closed' AS open,
      CASE c.kind WHEN 'callback' THEN EXISTS (SELECT 1 FROM flagged_payment p WHERE p.case_id = c.id AND p.decision = 'undecided')
        ELSE EXISTS (SELECT 1 FROM payment_check k WHERE k.case_id = c.id AND k.phase = 'calling') END AS more,
      a.status, coalesce(a.rang_at, a.requested_at, a.intended_at) AS at, a.pass_phrase AS "passPhrase", u.name AS "agentName"
    FROM risk_case c
    LEFT JOIN LATERAL (SELECT * FROM attempt a WHERE a.case_id = c.id AND a.mode <> 'inbound' ORDER BY a.number DESC LIMIT 1) a ON true
    LEFT JOIN staff_user u ON u.id = coalesce(a.agent_id, c.agent_id)
    WHERE c.kind IN ('callback', 'answer_reminder') AND (c.status <> 'closed' OR c.closed_at > now() - interval '1 day')
      AND (c.payer_id = ${payerId}::text OR c.payer->'phones' ? ${phone}::text)
    ORDER BY (a.status IS NOT NULL AND a.status <> 'ended') DESC, c.status <> 'closed' DESC, c.opened_at DESC LIMIT 1`
  const asPayee = await readCallToPayee(db, { payerId, phone })
  if (asPayee?.answer === 'calling_now' || !row) return asPayee ?? nobody
  const { at, agentName, passPhrase, ...theCase } = row
  const about = { at, payerId: theCase.payerId, workflowId: theCase.workflowId }
  // Who calls and the words are told while they are of use, and not afterwards.
  if (row.status && row.status !== 'ended') return { ...about, answer: 'calling_now', agentName: agentName && firstName(agentName), passPhrase }
  if (row.open && row.more) return { ...about, answer: 'will_call', agentName: null, passPhrase: null }
  if (!row.status) return nobody
  return { ...about, answer: row.open ? 'called_at' : 'ended', agentName: null, passPhrase: null }
}

/** We ring payees too, whose transfer went wrong: somebody who asks may be one. */
async function readCallToPayee(db: Database, { payerId, phone }: { payerId: string | null; phone: string | null }): Promise<CallRecord | undefined> {
  const [row] = await sqlOf(db).$queryRaw<Row[]>`
    SELECT h.payee_id AS "payerId", c.workflow_id AS "workflowId", true AS open, c.status = 'contacting' AND h.answer IS NULL AS more,
      a.status, coalesce(a.rang_at, a.requested_at, a.intended_at) AS at, a.pass_phrase AS "passPhrase", u.name AS "agentName"
    FROM risk_case c JOIN transfer_help h ON h.case_id = c.id
    LEFT JOIN LATERAL (SELECT * FROM attempt a WHERE a.case_id = c.id ORDER BY a.number DESC LIMIT 1) a ON true
    LEFT JOIN staff_user u ON u.id = coalesce(a.agent_id, c.agent_id)
    WHERE c.kind = 'transfer_help' AND c.status <> 'closed' AND (h.payee_id = ${payerId}::text OR h.payee->>'phone' = ${phone}::text)
    ORDER BY (a.status IS NOT NULL AND a.status <> 'ended') DESC, c.opened_at DESC LIMIT 1`
  if (!row) return undefined
  const { at, agentName, passPhrase, payerId: payeeId, workflowId } = row
  const about = { at, payerId: payeeId, workflowId }
  if (row.status && row.status !== 'ended') return { ...about, answer: 'calling_now', agentName: agentName && firstName(agentName), passPhrase }
  return { ...about, answer: row.more ? 'will_call' : 'called_at', agentName: null, passPhrase: null }
}
