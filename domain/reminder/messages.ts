import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { HelpPressed, PayerCalledIn, TalkResult, TalkTaken } from './check'

export const reminderWorkflowType = 'answerReminder'

/** The payer wants to talk. */
export const helpPressed = defineSignal<[HelpPressed]>('helpPressed')
export const payerCalledIn = defineSignal<[PayerCalledIn]>('payerCalledIn')
/** The payer has said in the app whether they still want the payment; PostgreSQL has what. */
export const payerSpoke = defineSignal<[{ wants: 'cancel' | 'pay' }]>('payerSpoke')
/** The browser of the agent who chats went away; it may only be loading the page again. */
export const chatAgentLeft = defineSignal<[{ agentId: string }]>('chatAgentLeft')
export const recordTalk = defineUpdate<TalkTaken, [TalkResult]>('recordTalk')
