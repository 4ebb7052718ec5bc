import type { WorkflowClientInterceptor } from '@temporalio/client'
import { defaultPayloadConverter, type Headers } from '@temporalio/common'
import { traceHeader } from '../workflows/traceHeaders'
import { carriedTrace, inSpan } from './span'

/** What a request tells a workflow is a span, and its trace goes along. Without a trace under way nothing is added. */
export const passTraceOn: WorkflowClientInterceptor = {
  start: (input, next) => traced(`start ${input.workflowType}`, input, next),
  signal: (input, next) => traced(`signal ${input.signalName}`, input, next),
  signalWithStart: (input, next) => traced(`signal ${input.signalName}`, input, next),
  startUpdate: (input, next) => traced(`update ${input.updateName}`, input, next),
}

function traced<Input extends { headers: Headers }, Output>(name: string, input: Input, next: (input: Input) => Promise<Output>): Promise<Output> {
  if (!carriedTrace()) return next(input)
  return inSpan(name, { kind: 'PRODUCER' }, () =>
    next({ ...input, headers: { ...input.headers, [traceHeader]: defaultPayloadConverter.toPayload(carriedTrace()) } }),
  )
}
