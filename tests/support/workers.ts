import { Worker, type NativeConnection } from '@temporalio/worker'
import { taskQueues } from '../../domain/messages'
import { infrastructure } from './shared'

/** Workers of both task queues, with the product's workflows and the given activities. */
export async function runWorkers(connection: NativeConnection, { dial, dialThirdParty, ...activities }: Record<string, unknown>): Promise<{ stop(): Promise<void> }> {
  const workflowBundle = { codePath: infrastructure().workflowBundle }
  const workers = [
    await Worker.create({ connection, taskQueue: taskQueues.cases, workflowBundle, activities: activities }),
    await Worker.create({ connection, taskQueue: taskQueues.dialling, activities: { dial, dialThirdParty } }),
  ]
  const running = Promise.all(workers.map((worker) => worker.run()))
  return {
    async stop() {
      for (const worker of workers) worker.shutdown()
      await running
    },
  }
}
