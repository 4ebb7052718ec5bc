import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { HelpPressed, PayerCalledIn, TalkResult, TalkTaken } from './check'

export const reminderWorkflowType = 'answerReminder'

/** The payer wants to talk. */
export const helpPressed = defineSignal<[HelpPressed]>('helpPressed')
export const payerCalledIn = defineSignal<[PayerCalledIn]>('payerCalledIn')
/** The payer has said in the app whether they still want the payment; PostgreSQL has what. */
export const payerSpoke = defineSignal<[{ wants: 'cancel' | 'pay' }]>('payerSpoke')
/** Something was written in the chat. */
export const chatWritten = defineSignal('chatWritten')
export const recordTalk = defineUpdate<TalkTaken, [TalkResult]>('recordTalk')
