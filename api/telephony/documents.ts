import twilio from 'twilio'
import type { FlaggedPayment } from '../../domain/flag'
import { agentLabel, payerLabel, supervisorLabel, thirdPartyLabel } from '../../domain/legs'
import type { MonitoringMode } from '../../domain/monitoring'
import type { Wording } from './wording'

const { VoiceResponse } = twilio.twiml
type Say = Parameters<InstanceType<typeof VoiceResponse>['say']>[0]

/** Absolute addresses of our own webhooks. */
export type Address = (path: string) => string

const secondsForAKey = 6
const patience = 2

function spoken(wording: Wording): Say {
  return wording.voice as Say
}

/** The payer's leg joins the conference that is named after the case; a short announcement comes first. */
export function joinConference(address: Address, wording: Wording, about: { caseId: string; number: number; announcement: string }): string {
  const response = new VoiceResponse()
  response.say(spoken(wording), about.announcement)
  dialConference(response, address, { caseId: about.caseId, label: payerLabel(about.number), endConferenceOnExit: true })
  return response.toString()
}

/** Somebody whom the agent has called joins; an announcement comes first. The talk goes on when they leave, and they leave with the payer. */
export function joinThirdParty(address: Address, wording: Wording, about: { caseId: string; thirdPartyId: string; announcement: string }): string {
  const response = new VoiceResponse()
  response.say(spoken(wording), about.announcement)
  dialConference(response, address, { caseId: about.caseId, label: thirdPartyLabel(about.thirdPartyId), endConferenceOnExit: false })
  return response.toString()
}

/** The agent's browser joins. Its leaving does not end the talk: the payer is not to be left with a dead line. */
export function joinAgent(address: Address, { caseId, agentId }: { caseId: string; agentId: string }): string {
  const response = new VoiceResponse()
  dialConference(response, address, { caseId, label: agentLabel(agentId), endConferenceOnExit: false })
  return response.toString()
}

/** A supervisor joins an agent's call. Whoever whispers is heard by the coached leg alone, and without one by nobody. */
export function joinSupervisor(
  address: Address,
  { caseId, supervisorId, mode, coached }: { caseId: string; supervisorId: string; mode: MonitoringMode; coached?: string },
): string {
  const response = new VoiceResponse()
  const whispers = mode === 'whisper' && coached !== undefined
  dialConference(response, address, {
    caseId,
    label: supervisorLabel(supervisorId),
    endConferenceOnExit: false,
    muted: mode === 'listen' || (mode === 'whisper' && !whispers),
    ...(whispers ? { coach: coached } : {}),
  })
  return response.toString()
}

interface Seat {
  caseId: string
  label: string
  endConferenceOnExit: boolean
  muted?: boolean
  coach?: string
}

function dialConference(response: InstanceType<typeof VoiceResponse>, address: Address, seat: Seat): void {
  const { caseId, label, endConferenceOnExit, muted, coach } = seat
  const conference = (what: string) => address(`conferences/${encodeURIComponent(caseId)}/${what}`)
  response.dial().conference(
    {
      participantLabel: label,
      startConferenceOnEnter: true,
      endConferenceOnExit,
      ...(muted ? { muted } : {}),
      ...(coach ? { coach } : {}),
      beep: 'false',
      waitUrl: conference('wait'),
      waitMethod: 'POST',
      statusCallback: `${conference('status')}#rc=5&rp=all`,
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['join', 'leave'],
    },
    caseId,
  )
}

/** A question that one key answers; silence is an answer too. */
export function gatherKey(wording: Wording, action: string, text: string): string {
  const response = new VoiceResponse()
  response
    .gather({ input: ['dtmf'], numDigits: 1, timeout: secondsForAKey, actionOnEmptyResult: true, action, method: 'POST' })
    .say(spoken(wording), text)
  return response.toString()
}

/** "Are you …?" comes before any detail. Asked twice; silence ends the call. */
export function identify(address: Address, wording: Wording, about: { attemptId: string; name: string; turn: number }): string {
  const action = address(`calls/${encodeURIComponent(about.attemptId)}/identified?turn=${about.turn}`)
  return gatherKey(wording, action, wording.identify(about.name))
}

/** Whoever calls in keys in the code of their app, and lands in their case's conference. */
export function askCode(address: Address, wording: Wording, about: { turn: number; locale: string }): string {
  const response = new VoiceResponse()
  const action = address(`inbound/code?${new URLSearchParams({ turn: String(about.turn), locale: about.locale }).toString()}`)
  response
    .gather({ input: ['dtmf'], numDigits: 6, timeout: secondsForAKey, actionOnEmptyResult: true, action, method: 'POST' })
    .say(spoken(wording), wording.enterCode)
  return response.toString()
}

/** The question about one payment: 1 it was me, 2 it was not, 0 a person. */
export function question(address: Address, wording: Wording, about: { attemptId: string; payment: FlaggedPayment; turn: number; person: boolean }): string {
  // `person` remembers, over several payments, that a person must go on after the last question.
  const query = new URLSearchParams({ payment: about.payment.paymentId, turn: String(about.turn), person: String(about.person) })
  const action = address(`calls/${encodeURIComponent(about.attemptId)}/answer?${query.toString()}`)
  return gatherKey(wording, action, wording.question(about.payment))
}

export function mayAskAgain(turn: number): boolean {
  return turn < patience
}

export function sayAndHangUp(wording: Wording, sentence: string, times = 1): string {
  const response = new VoiceResponse()
  response.say({ ...spoken(wording), ...(times > 1 ? { loop: times } : {}) }, sentence)
  response.hangup()
  return response.toString()
}

/** What somebody hears who is alone in the conference. Only Say, Play, Pause and Redirect are allowed here. */
export function waiting(wording: Wording): string {
  const response = new VoiceResponse()
  response.say(spoken(wording), wording.waiting)
  response.pause({ length: 8 })
  return response.toString()
}

/** One sentence to a leg that stays where it is. */
export function announcement(wording: Wording, sentence: string): string {
  const response = new VoiceResponse()
  response.say(spoken(wording), sentence)
  return response.toString()
}

/** Nobody is there to talk with. */
export function hangUp(): string {
  const response = new VoiceResponse()
  response.hangup()
  return response.toString()
}

export function reject(): string {
  const response = new VoiceResponse()
  response.reject()
  return response.toString()
}
