import type { Client } from '@temporalio/client'
import { temporal } from '@temporalio/proto'
import { createTemporal, temporalAddress } from '../configuration/temporal'
import { StartFailure } from './failure'

/** @throws {StartFailure} when the Temporal that the environment names does not answer, or has no such namespace */
export async function demandTemporal(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  await ask(environment, 10_000, (client, namespace) => client.workflowService.describeNamespace({ namespace })).catch((error: Error) => {
    const { connectionOptions, namespace } = temporalAddress(environment)
    const why = /DEADLINE_EXCEEDED|UNAVAILABLE/.test(error.message) ? 'nobody answers there' : error.message
    throw new StartFailure(`The Temporal at ${connectionOptions.address} (namespace ${namespace}) cannot be used: ${why}.`)
  })
}

/** Whether a worker asks for work. It has no address of its own, but Temporal knows. */
export async function somebodyPolls(environment: NodeJS.ProcessEnv): Promise<boolean> {
  return ask(environment, 2_000, (client, namespace) =>
    client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: 'risk-callback' },
      taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    }),
  ).then(
    ({ pollers }) => pollers.length > 0,
    () => false, // not up yet
  )
}

async function ask<T>(environment: NodeJS.ProcessEnv, patienceMs: number, question: (client: Client, namespace: string) => Promise<T>): Promise<T> {
  const address = temporalAddress(environment)
  const { client, close } = createTemporal(address)
  try {
    return await client.connection.withDeadline(Date.now() + patienceMs, () => question(client, address.namespace))
  } finally {
    await close()
  }
}
