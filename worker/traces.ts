import { defaultPayloadConverter } from '@temporalio/common'
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker'
import { inSpan, pastSpan, traceFrom } from '../configuration/span'
import { traceHeader, type TraceSinks } from '../workflows/traceHeaders'

/** Each activity is a span of the trace that began its case. */
export const traceActivities: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute(input, next) {
      const header = input.headers[traceHeader]
      if (!header) return next(input)
      const parent = traceFrom(defaultPayloadConverter.fromPayload(header))
      const attributes = { 'temporal.run_id': info.workflowExecution?.runId ?? '', 'temporal.attempt': info.attempt, ...caseOf(input.args) }
      return inSpan(`activity ${info.activityType}`, { kind: 'CONSUMER', parent, attributes }, () => next(input))
    },
  },
})

/** The run of a workflow, told when it is over. */
export const traceSinks: InjectedSinks<TraceSinks> = {
  trace: {
    ended: {
      fn({ runId, workflowType }, { beganAt, carried, failed }) {
        if (!carried) return
        const parent = traceFrom(JSON.parse(Buffer.from(carried).toString()) as Record<string, unknown>)
        pastSpan(`workflow ${workflowType}`, new Date(beganAt), { parent, attributes: { 'temporal.run_id': runId, failed } })
      },
      callDuringReplay: false,
    },
  },
}

/** Activities are given the case's id by itself, or in an object. */
function caseOf([first]: unknown[]): { case_id?: string } {
  const caseId = typeof first === 'object' && first !== null && 'caseId' in first ? first.caseId : undefined
  return typeof caseId === 'string' ? { case_id: caseId } : {}
}
