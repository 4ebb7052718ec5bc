import { once } from 'node:events'
import type { GlobalWithInfrastructure } from './globalSetup'

export default async function globalTeardown(): Promise<void> {
  const child = (globalThis as GlobalWithInfrastructure).testInfrastructure
  if (!child || child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.disconnect()
  await gone
}
