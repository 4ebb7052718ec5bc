import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { resolveChromium } from '../../embedded/chromium'
import { migrate } from '../../embedded/migrate'
import { ensureDatabase } from '../../embedded/postgres'
import { scratchPostgres, scratchTemporal } from '../../embedded/scratch'
import { bundledWorkflows, bundleWorkflows } from '../../worker/workflowBundle'

/** What all test files of a run share. */
export interface Infrastructure {
  adminUrl: string
  templateDatabase: string
  temporalAddress: string
  workflowBundle: string
  /** Where Chromium is, or why there is none: only the tests that need it fail. */
  browser: { path: string } | { failure: string }
}

/**
 * The process that owns the servers of a test run. It is apart from jest because the migration engine is
 * an ES module, which jest's modules cannot load, and so that the servers end with the run however it ends.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'risk-callback-tests-'))
  const progress = (line: string) => line.startsWith('Getting') && console.error(line)
  const [postgres, temporal, workflowBundle, browser] = await Promise.all([
    preparePostgres(),
    scratchTemporal({ onLine: progress }),
    bundle(folder),
    resolveChromium(progress).then(
      (file) => ({ path: file }),
      (error: Error) => ({ failure: error.message }),
    ),
  ])

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await Promise.all([postgres.stop(), temporal.stop()])
    rmSync(folder, { recursive: true, force: true })
    process.exit(0)
  }
  for (const event of ['disconnect', 'SIGINT', 'SIGTERM']) process.on(event, () => void stop())

  const shared: Infrastructure = { adminUrl: postgres.url('postgres'), templateDatabase, temporalAddress: temporal.address, workflowBundle, browser }
  process.send!(shared)
}

const templateDatabase = 'template_risk_callback'

async function preparePostgres() {
  const postgres = await scratchPostgres()
  await ensureDatabase(postgres.url('postgres'), templateDatabase)
  await migrate(postgres.url(templateDatabase))
  return postgres
}

/** Bundling takes some seconds, so what set-up has bundled is taken, and else it is done once for all files. */
async function bundle(folder: string): Promise<string> {
  const { codePath } = bundledWorkflows() ?? (await bundleWorkflows(folder))
  return codePath
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
