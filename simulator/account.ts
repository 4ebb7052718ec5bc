import { createHash } from 'node:crypto'

/** The one Twilio account that the simulator plays, with its secrets and its numbers. */
export interface Account {
  sid: string
  authToken: string
  apiKeySid: string
  apiKeySecret: string
  /** E.164 numbers it owns; calls may only come from these. */
  numbers: string[]
  /** Answers calls to those numbers. */
  voiceUrl: string | null
  twimlAppSid: string | null
  /** Answers calls that browsers make through the TwiML app. */
  twimlAppUrl: string | null
}

/** A number's sid is derived from it, so that it is the same after a restart. */
export function numberSid(number: string): string {
  return 'PN' + createHash('md5').update(number).digest('hex')
}
