import { randomBytes } from 'node:crypto'

export type SidPrefix = 'CA' | 'CF' | 'RE' | 'SM' | 'PN' | 'QU' | 'RQ' | 'EV' | 'GT'

/** Twilio's identifiers: two letters and 32 hexadecimal digits. */
export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex')
}
