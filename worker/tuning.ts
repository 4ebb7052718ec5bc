import type { WorkerOptions } from '@temporalio/worker'

/** How the two workers are tuned. The benchmark runs its bare workflow on the same settings. */
export const tuning = {
  cases: {
    // Cases live for minutes and are touched every few seconds: replaying them from history would cost more than the memory.
    maxCachedWorkflows: 2_000,
    // Workflow code runs on one thread, so more at once make none faster. After a restart every open case is
    // replayed: those that are claimed must be done within their 10 s, the others wait unclaimed. With 100 at
    // once, a machine that was short of time let all of them time out, again and again.
    maxConcurrentWorkflowTaskExecutions: 20,
    maxConcurrentActivityTaskExecutions: 100,
    shutdownGraceTime: '10s',
  },
  dialling: {
    maxConcurrentActivityTaskExecutions: 200,
    shutdownGraceTime: '10s',
  },
} satisfies Record<string, Partial<WorkerOptions>>

/**
 * Dialling stays this little below the account's calls per second. What queues at the provider in a burst, or
 * after a moment in which the worker stood still, would otherwise wait there for as long as the surge lasts.
 */
export const shareOfCallsPerSecond = 0.97
