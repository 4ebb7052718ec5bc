import { defineSignal } from '@temporalio/workflow'

export const thirdPartyWorkflowType = 'thirdParty'

/** One workflow for each third party who is called. */
export function thirdPartyWorkflowId(id: string): string {
  return `third-party/${id}`
}

/** Their call is over. */
export const thirdPartyEnded = defineSignal('thirdPartyEnded')
/** They are not wanted in the talk any more, or there is none: PostgreSQL has which. */
export const thirdPartyDropped = defineSignal('thirdPartyDropped')
