import type { Priority } from '@temporalio/common'
import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities'
import { taskQueues } from '../domain/messages'

// Nothing here may give up: an outage of any outside system is waited for, never decided about.
const patient = { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '15s' } as const

// How soon the work of a worker that died is given to another; see worker/heartbeat.ts.
const heartbeatTimeout = '10s'

export const records = proxyActivities<Activities>({ startToCloseTimeout: '30s', heartbeatTimeout, retry: patient })
export const dispatch = records
export const funds = proxyActivities<Activities>({ startToCloseTimeout: '30s', heartbeatTimeout, retry: { ...patient, maximumInterval: '30s' } })
export const telephony = proxyActivities<Activities>({ startToCloseTimeout: '45s', heartbeatTimeout, retry: patient })

/**
 * Dialling has its own queue, whose rate limit is the account's calls per second; its activities are
 * never started eagerly, because eager ones go around that limit.
 */
export function dialling(options: { priorityKey: NonNullable<Priority['priorityKey']>; giveUpAfterMillis: number }) {
  return proxyActivities<Pick<Activities, 'dial' | 'dialThirdParty'>>({
    taskQueue: taskQueues.dialling,
    // Room for the look-ups that an unknown outcome needs.
    startToCloseTimeout: '60s',
    heartbeatTimeout,
    scheduleToCloseTimeout: options.giveUpAfterMillis,
    retry: { initialInterval: '1s', backoffCoefficient: 1.5, maximumInterval: '10s' },
    allowEagerDispatch: false,
    priority: { priorityKey: options.priorityKey },
  })
}
