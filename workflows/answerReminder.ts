import { allHandlersFinished, ApplicationFailure, condition, setHandler } from '@temporalio/workflow'
import * as messages from '../domain/messages'
import type { RecordedCheck, TalkResult, TalkTaken } from '../domain/reminder/check'
import * as reminder from '../domain/reminder/messages'
import { records, telephony } from './activities'
import { converse } from './conversation'
import { hearCalls } from './hearCalls'
import { helpPayer } from './reminderHelp'
import { holdCheck, settleCheck } from './reminderMoney'
import { ReminderState, type Next } from './reminderState'

/**
 * One payment that waits for a word with its payer: hold the money, show the button, talk, wait, ask the payer
 * once more, and let it out or give it back. Without the payer's own yes nothing goes out.
 */
export async function answerReminder(check: RecordedCheck): Promise<void> {
  const state = new ReminderState(check)
  bindHandlers(state)
  const held = holdCheck(state)
  while (!state.fate) await steps[state.next](state)
  await held
  await settleCheck(state)
  await records.closeReminder(check.caseId)
  await condition(allHandlersFinished)
}

const steps: Record<Next, (state: ReminderState) => Promise<void>> = {
  button: showButton,
  help: helpPayer,
  calling: callPayer,
  cooling_off: (state) => think(state, state.policy.coolingOffSeconds),
  delay: (state) => think(state, state.policy.delaySeconds),
  confirming: askOnceMore,
}

/** The app shows the button. When nobody presses it, policy says what comes. */
async function showButton(state: ReminderState): Promise<void> {
  await heard(state, state.policy.buttonSeconds)
  if (state.fate || state.help) return goToHelp(state)
  state.followPlan()
}

/** We ring the payer, again and again by policy, until an agent has talked with them. */
async function callPayer(state: ReminderState): Promise<void> {
  state.talk = undefined
  await records.enterPhase(state.check.caseId, 'calling')
  state.startCalling(Date.now())
  await converse(state.call)
  if (!state.talk) state.seal({ decision: 'cancelled', ending: 'not_reached' })
}

/** The payment rests, and the payer may still ask for help or cancel. */
async function think(state: ReminderState, seconds: number): Promise<void> {
  await records.enterPhase(state.check.caseId, 'waiting', seconds)
  await heard(state, seconds)
  if (state.fate || state.help) return goToHelp(state)
  state.next = 'confirming'
}

/** Silence is not consent: the payer says that they want it in spite of the warning, or it is cancelled. */
async function askOnceMore(state: ReminderState): Promise<void> {
  state.wish = undefined
  await records.enterPhase(state.check.caseId, 'confirming', state.policy.confirmSeconds)
  await condition(() => state.wish === 'pay' || state.help !== undefined || state.fate !== undefined, state.policy.confirmSeconds * 1_000)
  if (state.fate || state.help) return goToHelp(state)
  state.seal(state.wish === 'pay' ? { decision: 'pay', ending: 'confirmed_by_payer' } : { decision: 'cancelled', ending: 'not_confirmed' })
}

async function heard(state: ReminderState, seconds: number): Promise<void> {
  await condition(() => state.help !== undefined || state.fate !== undefined, seconds * 1_000)
}

function goToHelp(state: ReminderState): void {
  state.next = 'help'
}

function bindHandlers(state: ReminderState): void {
  const { call } = state
  setHandler(reminder.helpPressed, ({ channel }) => void (state.help = channel))
  setHandler(reminder.payerSpoke, ({ wants }) => {
    state.wish = wants
    if (wants === 'cancel') state.seal({ decision: 'cancelled', ending: 'cancelled_by_payer' })
  })
  setHandler(reminder.payerCalledIn, ({ attemptId, callSid }) => {
    if (call.call && !call.call.ended) return
    call.call = { attemptId, callSid, mode: 'inbound', reached: true, needsAgent: call.agentId === undefined, agentId: call.agentId, machine: false }
  })
  setHandler(reminder.recordTalk, (talk) => takeTalk(state, talk), { validator: (talk) => refuseTalk(state, talk) })
  setHandler(reminder.chatAgentLeft, ({ agentId }) => {
    if (state.chatAgentId === agentId) state.chatAgentLeft = true
  })
  hearCalls(call)
  setHandler(messages.payerCalled, ({ phone }) => void (call.calledBackFrom = phone))
}

function refuseTalk(state: ReminderState, { agentId }: TalkResult): void {
  if (state.fate) throw ApplicationFailure.nonRetryable('this payment is decided', 'AlreadyDecided')
  if (state.agentId !== agentId) throw ApplicationFailure.nonRetryable('this case is not with you now', 'NotYourCase')
}

/** What the agent found out says where the payment goes. A risk that is still high brings another agent's call. */
async function takeTalk(state: ReminderState, talk: TalkResult): Promise<TalkTaken> {
  const score = await records.recordTalkResult(state.check.caseId, talk)
  if (score === undefined) throw ApplicationFailure.nonRetryable('this payment is decided', 'AlreadyDecided')
  const { outcome, trustedContact } = talk
  if (outcome === 'trusted_contact' && trustedContact) await telephony.messageTrustedContact(state.check.caseId, trustedContact.phone, state.check.locale)
  const calledAgain = outcome === 'goes_on' && score >= state.policy.callAgainFromScore && !state.calledAgain
  if (outcome === 'cancelled') state.seal({ decision: 'cancelled', ending: 'cancelled_by_payer' })
  else if (calledAgain) {
    state.calledAgain = true
    // Somebody else, so that a second pair of ears hears it.
    state.call.lastAgentId = undefined
    state.call.avoided = { agentId: talk.agentId, until: Date.now() + state.policy.anotherAgentSeconds * 1_000 }
    state.next = 'calling'
  } else state.next = outcome === 'goes_on' ? 'confirming' : 'delay'
  state.talk = talk
  state.stopCalling()
  return { outcome, score, calledAgain }
}
