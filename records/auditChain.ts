import { createHash } from 'node:crypto'
import type { Database } from './database'

export interface ChainFault {
  lane: number
  seq: string
  reason: 'missing' | 'altered' | 'cut_off' | 'head_altered'
}

export interface ChainVerification {
  ok: boolean
  entries: number
  lanes: number
  /** The first fault of the first faulty lane. */
  firstFault?: ChainFault
}

interface StoredEntry {
  seq: bigint
  /** Everything that is hashed, joined as the trigger joins it. */
  content: string
  prev_hash: Uint8Array
  hash: Uint8Array
}

const batch = 5_000

/**
 * Recomputes the hash chain of every lane, from its known beginning to its head. Independent of the
 * trigger that wrote it: the hashing is done here, from the rows as they stand now.
 */
export async function verifyAuditChain(db: Database): Promise<ChainVerification> {
  // Entries that are written while we read lie beyond these heads and are left for the next time.
  const heads = await db.auditHead.findMany({ orderBy: { lane: 'asc' } })
  let entries = 0
  let firstFault: ChainFault | undefined
  for (let lane = 0; lane < 16; lane++) {
    const head = heads.find((one) => one.lane === lane)
    const checked = head ? await verifyLane(db, lane, head) : { entries: 0, fault: { lane, seq: '0', reason: 'head_altered' as const } }
    entries += checked.entries
    firstFault ??= checked.fault
  }
  return { ok: firstFault === undefined, entries, lanes: 16, ...(firstFault ? { firstFault } : {}) }
}

async function verifyLane(db: Database, lane: number, head: { seq: bigint; hash: Uint8Array }): Promise<{ entries: number; fault?: ChainFault }> {
  let hash: Uint8Array = createHash('sha256').update(`risk-callback audit lane ${lane}`).digest()
  let seq = 0n
  const fault = (at: bigint, reason: ChainFault['reason']) => ({ entries: Number(seq), fault: { lane, seq: String(at), reason } })
  while (seq < head.seq) {
    const rows = await readEntries(db, lane, seq, head.seq)
    if (rows.length === 0) return fault(seq + 1n, 'cut_off')
    for (const row of rows) {
      if (row.seq !== seq + 1n) return fault(seq + 1n, 'missing')
      const computed = createHash('sha256').update(hash).update(row.content, 'utf8').digest()
      if (!computed.equals(row.hash) || Buffer.compare(hash, row.prev_hash) !== 0) return fault(row.seq, 'altered')
      hash = computed
      seq = row.seq
    }
  }
  if (Buffer.compare(hash, head.hash) !== 0) return fault(head.seq, 'head_altered')
  return { entries: Number(seq) }
}

function readEntries(db: Database, lane: number, after: bigint, upTo: bigint): Promise<StoredEntry[]> {
  return db.$queryRaw<StoredEntry[]>`
    SELECT seq, prev_hash, hash, concat_ws(chr(31), lane, seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      actor, action, subject, data::text) AS content
    FROM audit_entry WHERE lane = ${lane} AND seq > ${after} AND seq <= ${upTo} ORDER BY seq LIMIT ${batch}`
}
