import { createHash } from 'node:crypto'
import type { Database } from './database'

export interface ChainFault {
  lane: number
  seq: string
  reason: 'missing' | 'altered' | 'cut_off' | 'head_altered' | 'beyond_head'
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
export async function verifyAuditChain(db: Database, { onProgress }: { onProgress?: (entries: number) => void } = {}): Promise<ChainVerification> {
  // Entries that are written while we read lie beyond these heads and are left for the next time.
  const heads = await db.auditHead.findMany({ orderBy: { lane: 'asc' } })
  let entries = 0
  let firstFault: ChainFault | undefined
  for (let lane = 0; lane < 16; lane++) {
    const head = heads.find((one) => one.lane === lane)
    const checked = head
      ? await verifyLane(db, lane, head, (inLane) => onProgress?.(entries + inLane))
      : { entries: 0, fault: { lane, seq: '0', reason: 'head_altered' as const } }
    entries += checked.entries
    firstFault ??= checked.fault
  }
  firstFault ??= await beyondHead(db)
  onProgress?.(entries)
  return { ok: firstFault === undefined, entries, lanes: 16, ...(firstFault ? { firstFault } : {}) }
}

/** An entry after the head of its lane, or in no lane of ours, was not written by the trigger. One statement sees entries and heads at one moment. */
async function beyondHead(db: Database): Promise<ChainFault | undefined> {
  const [found] = await db.$queryRaw<{ lane: number; seq: bigint }[]>`
    SELECT e.lane, e.seq FROM generate_series(0, 15) AS lanes (lane) LEFT JOIN audit_head h USING (lane)
    JOIN LATERAL (SELECT lane, seq FROM audit_entry WHERE lane = lanes.lane ORDER BY seq DESC LIMIT 1) e ON e.seq > coalesce(h.seq, 0)
    UNION ALL (SELECT lane, seq FROM audit_entry WHERE lane < 0 OR lane > 15 LIMIT 1) LIMIT 1`
  return found && { lane: found.lane, seq: String(found.seq), reason: 'beyond_head' }
}

async function verifyLane(
  db: Database,
  lane: number,
  head: { seq: bigint; hash: Uint8Array },
  onProgress: (entries: number) => void,
): Promise<{ entries: number; fault?: ChainFault }> {
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
    onProgress(Number(seq))
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
