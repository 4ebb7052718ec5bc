import { Worker, type NativeConnection } from '@temporalio/worker'
import { taskQueues } from '../../domain/messages'
import { infrastructure } from './shared'

/**
 * Workers of both task queues, with the product's workflows and the given activities.
 * @param remembering without it each task replays its workflow, so that another worker may go on at any time
 */
export async function runWorkers(connection: NativeConnection, { dial, dialThirdParty, ...activities }: Record<string, unknown>, remembering = true): Promise<{ stop(): Promise<void> }> {
  const workflowBundle = { codePath: infrastructure().workflowBundle }
  const workers = [
    await Worker.create({ connection, taskQueue: taskQueues.cases, workflowBundle, activities: activities, ...(remembering ? {} : { maxCachedWorkflows: 0 }) }),
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
