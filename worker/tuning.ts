import type { WorkerOptions } from '@temporalio/worker'

/** How the two workers are tuned. The benchmark runs its bare workflow on the same settings. */
export const tuning = {
  cases: {
    // Cases live for minutes and are touched every few seconds: replaying them from history would cost more than the memory.
    maxCachedWorkflows: 2_000,
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentActivityTaskExecutions: 100,
    shutdownGraceTime: '10s',
  },
  dialling: {
    maxConcurrentActivityTaskExecutions: 200,
    shutdownGraceTime: '10s',
  },
} satisfies Record<string, Partial<WorkerOptions>>
