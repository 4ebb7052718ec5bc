import type { Headers } from '@temporalio/common'
import { proxySinks, workflowInfo, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow'

/** The header by which Temporal's own tracing interceptors pass a trace on, in every SDK. */
export const traceHeader = '_tracer-data'

export interface TraceSinks extends Sinks {
  trace: {
    /** This run is over. `beganAt` is in epoch milliseconds, `carried` the header as it came. */
    ended(run: { beganAt: number; carried: Uint8Array | undefined; failed: boolean }): void
  }
}

/**
 * A trace that comes with a start, a signal or an update goes on to the activities. The header is passed on
 * unread: the workflow needs no tracing library, and one without a trace does nothing here.
 */
export const interceptors = (): WorkflowInterceptors => {
  const { trace } = proxySinks<TraceSinks>()
  let carried: Headers[string] | undefined
  const hear = ({ headers }: { headers: Headers }) => void (carried ??= headers[traceHeader])
  const passedOn = <Input extends { headers: Headers }>(input: Input): Input =>
    carried ? { ...input, headers: { ...input.headers, [traceHeader]: carried } } : input

  return {
    inbound: [
      {
        execute(input, next) {
          hear(input)
          if (!carried) return next(input)
          const beganAt = workflowInfo().runStartTime.getTime()
          const over = (failed: boolean) => trace.ended({ beganAt, carried: carried?.data ?? undefined, failed })
          return next(input).then(
            (result) => {
              over(false)
              return result
            },
            (error: unknown) => {
              over(true)
              throw error
            },
          )
        },
        handleSignal(input, next) {
          hear(input)
          return next(input)
        },
        handleUpdate(input, next) {
          hear(input)
          return next(input)
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(passedOn(input)),
        startChildWorkflowExecution: (input, next) => next(passedOn(input)),
        signalWorkflow: (input, next) => next(passedOn(input)),
        continueAsNew: (input, next) => next(passedOn(input)),
      },
    ],
  }
}
