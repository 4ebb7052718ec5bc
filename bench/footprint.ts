import type { Client } from '@temporalio/client'
import type { temporal } from '@temporalio/proto'

type HistoryEvent = temporal.api.history.v1.IHistoryEvent

/** What one case leaves at Temporal, and what Temporal Cloud would charge for it. */
export interface Footprint {
  events: number
  bytes: number
  billableActions: number
  /** How often each kind of event occurs, for finding what to save. */
  kinds: Record<string, number>
}

export async function footprintOf(temporal: Client, workflowId: string): Promise<Footprint> {
  const handle = temporal.workflow.getHandle(workflowId)
  const [{ historySize }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()])
  const all = events ?? []
  const kinds: Record<string, number> = {}
  for (const event of all) {
    const kind = Object.keys(event).find((key) => key.endsWith('EventAttributes') && event[key as keyof HistoryEvent])?.replace('EventAttributes', '') ?? 'unknown'
    kinds[kind] = (kinds[kind] ?? 0) + 1
  }
  return { events: all.length, bytes: historySize ?? NaN, billableActions: all.reduce((sum, event) => sum + actions(event), 0), kinds }
}

/** By Temporal's own list: a start, each signal, each update, each timer, and each try of an activity is one. */
function actions(event: HistoryEvent): number {
  if (event.activityTaskStartedEventAttributes) return event.activityTaskStartedEventAttributes.attempt ?? 1
  const one =
    event.workflowExecutionStartedEventAttributes ??
    event.workflowExecutionSignaledEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes ??
    event.timerStartedEventAttributes
  return one ? 1 : 0
}
