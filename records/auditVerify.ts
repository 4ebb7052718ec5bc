import path from 'node:path'
import { createDatabase } from '../configuration/database'
import { runningDatabase } from '../embedded/runningDatabase'
import { verifyAuditChain, type ChainFault } from './auditChain'

const reasons: Record<ChainFault['reason'], string> = {
  missing: 'is missing',
  altered: 'is not as it was written',
  cut_off: 'and what came after it were cut off',
  head_altered: "is not what its lane's head says",
  beyond_head: 'was put in by somebody else',
}

/**
 * `npm run audit:verify`: recomputes the audit log of DATABASE_URL, or of the demo that runs for DATA_DIR.
 * Ends with 0 when it is whole, 1 when it is not, 2 when it could not be read.
 */
async function main(): Promise<number> {
  const url = process.env.DATABASE_URL || runningDatabase(path.resolve(process.env.DATA_DIR || '.data'))
  const { db, close } = createDatabase(url, { poolSize: 2 })
  try {
    const total = Number((await db.auditHead.aggregate({ _sum: { seq: true } }))._sum.seq ?? 0)
    console.log(`Recomputing ${total.toLocaleString('en')} entries …`)
    const { ok, entries, lanes, firstFault } = await verifyAuditChain(db, { onProgress: progress(total) })
    if (ok) console.log(`The audit log is whole: ${entries.toLocaleString('en')} entries in ${lanes} lanes.`)
    else console.log(`The audit log was changed: entry ${firstFault!.seq} of lane ${firstFault!.lane} ${reasons[firstFault!.reason]}.`)
    return ok ? 0 : 1
  } finally {
    await close()
  }
}

function progress(total: number): (entries: number) => void {
  let toldAt = Date.now()
  return (entries) => {
    if (Date.now() - toldAt < 1_000) return
    toldAt = Date.now()
    console.log(`${entries.toLocaleString('en')} entries, ${Math.floor((entries / Math.max(1, total)) * 100)} %`)
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`The audit log could not be read: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  },
)
