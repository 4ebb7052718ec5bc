import type { Client } from '@temporalio/client'
import { callUnderWay, workflowIdOf } from '../../domain/messages'
import type { CallRecord } from '../../records/callAnswers'

// The workflow knows best, but somebody looks at their ringing phone: after this the records answer.
const livePatienceMillis = 800

/**
 * The case's own word on whether a call is under way: a call whose end the records have not heard of is over.
 * `records` when there is no live case to ask, or it did not answer in time.
 */
export async function askLiveCase(temporal: Client, record: CallRecord): Promise<{ record: CallRecord; source: 'live' | 'records' }> {
  if (record.payerId === null || record.answer === 'ended') return { record, source: 'records' }
  try {
    const handle = temporal.workflow.getHandle(workflowIdOf({ payerId: record.payerId, workflowId: record.workflowId }))
    const { calling } = await temporal.withDeadline(Date.now() + livePatienceMillis, () => handle.query(callUnderWay))
    const over = record.answer === 'calling_now' && !calling
    return { record: over ? { ...record, answer: 'called_at', agentName: null, passPhrase: null } : record, source: 'live' }
  } catch {
    return { record, source: 'records' }
  }
}
