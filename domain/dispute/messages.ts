import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { DecisionEffect, DecisionGiven } from './dispute'

/** Somebody who works on the dispute asks for the payer to have the money before the outcome. */
export interface AdvanceAsked {
  by: string
  reason: string
}

export const decideDispute = defineUpdate<DecisionEffect, [DecisionGiven]>('decideDispute')
export const appealDispute = defineUpdate<void, [string]>('appealDispute')
export const askForAdvance = defineUpdate<void, [AdvanceAsked]>('askForAdvance')
/** Something was recorded of which the payer should hear at once. */
export const disputeNews = defineSignal('disputeNews')
