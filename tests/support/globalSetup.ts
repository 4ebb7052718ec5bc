import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Infrastructure } from './infrastructure'

/** Starts the servers of the test run and passes their addresses to the workers through the environment. */
export default async function globalSetup(): Promise<void> {
  const child = fork(path.join(__dirname, 'infrastructure.ts'), { execArgv: ['--import', 'tsx'] })
  const shared = await new Promise<Infrastructure>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Infrastructure))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the servers of the tests did not start (exit code ${code})`)))
  })
  process.env.TEST_INFRASTRUCTURE = JSON.stringify(shared)
  ;(globalThis as GlobalWithInfrastructure).testInfrastructure = child
}

export type GlobalWithInfrastructure = typeof globalThis & { testInfrastructure?: ChildProcess }
