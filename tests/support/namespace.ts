import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { open } from './leaks'
import { infrastructure } from './shared'

export interface TestNamespace {
  address: string
  namespace: string
  connection: Connection
  stop(): Promise<void>
}

/** A Temporal namespace of this test file's own, so that workflow ids never meet those of another file. */
export async function startNamespace(): Promise<TestNamespace> {
  const { temporalAddress: address } = infrastructure()
  const namespace = `test-${randomUUID()}`
  const connection = await Connection.connect({ address })
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } })
  await untilKnown(connection, namespace)
  const registered = open(`connection to namespace ${namespace}`)
  return {
    address,
    namespace,
    connection,
    async stop() {
      registered.closed()
      await connection.close()
    },
  }
}

/** The server's parts learn of a new namespace a moment after it was made. */
async function untilKnown(connection: Connection, namespace: string): Promise<void> {
  for (let tries = 100; ; tries--) {
    try {
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 })
      return
    } catch (error) {
      if (tries === 0) throw error
      await sleep(100)
    }
  }
}
