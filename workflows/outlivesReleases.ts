import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow'

/**
 * Marks a workflow that lives longer than releases last: with Worker Versioning it moves to the current release
 * instead of keeping an old one running for weeks. A change that its history would not replay needs `patched`.
 */
export function outlivesReleases(workflow: Parameters<typeof setWorkflowOptions>[1]): void {
  // Temporal refuses a behaviour from a worker that is not versioned, as ours are by default.
  setWorkflowOptions(() => (workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'AUTO_UPGRADE' } : {}), workflow)
}
