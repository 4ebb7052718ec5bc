import type { FlaggedPayment } from '../../domain/flag'
import type { Policy } from '../../domain/policy'
import { fill } from '../../domain/script/placeholders'
import type { VersionedScript } from '../../records/scripts'

/** What is kept of a talk, and so must be announced. */
export type Kept = 'nothing' | 'recorded' | 'transcribed'

export function keptBy({ recordCalls, transcribeCalls }: Pick<Policy, 'recordCalls' | 'transcribeCalls'>): Kept {
  if (!recordCalls) return 'nothing'
  return transcribeCalls ? 'transcribed' : 'recorded'
}

/** What the telephone says. No payment detail before the person has identified themselves; none to a machine. */
export interface Wording {
  /** `language` and `voice` of TwiML's Say. */
  voice: { language: string; voice: string }
  connecting(kept: Kept): string
  waiting: string
  /** The agent's line broke in the middle of the talk. */
  lineBroken: string
  identify(name: string): string
  question(payment: Pick<FlaggedPayment, 'amount' | 'payee'>): string
  thanks: string
  toPerson(kept: Kept): string
  apology: string
  voicemail: string
  goodbye: string
  noCase: string
  /** The payer has called in and keys in the code that their app shows. */
  enterCode: string
}

/** The announcements of a script, ready for the facts of a call. */
export function wordingOf({ language, document: { announcements } }: Pick<VersionedScript, 'language' | 'document'>): Wording {
  const { voice, recorded, transcribed, connecting, identify, question, toPerson, ...sentences } = announcements
  const notices: Record<Kept, string> = { nothing: '', recorded, transcribed }
  const announced = (text: string, kept: Kept) => fill(text, { recorded: notices[kept] })
  return {
    ...sentences,
    voice: { language: voice.language, voice: voice.name },
    connecting: (kept) => announced(connecting, kept),
    identify: (name) => fill(identify, { payer: name }),
    question: (payment) => fill(question, { amount: spokenAmount(payment, language), payee: payment.payee.name }),
    toPerson: (kept) => announced(toPerson, kept),
  }
}

function spokenAmount({ amount }: Pick<FlaggedPayment, 'amount'>, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: amount.currency, currencyDisplay: 'name' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount.amount / 10 ** digits)
}
