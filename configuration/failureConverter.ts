import { DefaultFailureConverter } from '@temporalio/common'

/** Loaded by path, in the workflow sandbox too: messages and stack traces of failures are encrypted like payloads. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
