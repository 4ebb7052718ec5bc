import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate } from '../../embedded/migrate'
import { ensureDatabase } from '../../embedded/postgres'
import { scratchPostgres, scratchTemporal } from '../../embedded/scratch'

/** What all test files of a run share. */
export interface Infrastructure {
  adminUrl: string
  templateDatabase: string
  temporalAddress: string
  /** Absent while there are no workflows. */
  workflowBundle?: string
}

/**
 * The process that owns the servers of a test run. It is apart from jest because the migration engine is
 * an ES module, which jest's modules cannot load, and so that the servers end with the run however it ends.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'risk-callback-tests-'))
  const progress = (line: string) => console.error(line)
  const [postgres, temporal, workflowBundle] = await Promise.all([preparePostgres(), scratchTemporal({ onLine: progress }), bundle(folder)])

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await Promise.all([postgres.stop(), temporal.stop()])
    rmSync(folder, { recursive: true, force: true })
    process.exit(0)
  }
  for (const event of ['disconnect', 'SIGINT', 'SIGTERM']) process.on(event, () => void stop())

  const shared: Infrastructure = { adminUrl: postgres.url('postgres'), templateDatabase, temporalAddress: temporal.address, workflowBundle }
  process.send!(shared)
}

const templateDatabase = 'template_risk_callback'

async function preparePostgres() {
  const postgres = await scratchPostgres()
  await ensureDatabase(postgres.url('postgres'), templateDatabase)
  await migrate(postgres.url(templateDatabase))
  return postgres
}

async function bundle(folder: string): Promise<string | undefined> {
  const workflowsPath = path.resolve(__dirname, '../../workflows/index.ts')
  if (!existsSync(workflowsPath)) return undefined
  const { bundleWorkflowCode } = await import('@temporalio/worker')
  const { code } = await bundleWorkflowCode({ workflowsPath })
  const file = path.join(folder, 'workflows.js')
  writeFileSync(file, code)
  return file
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
