import type { FlaggedPayment } from '../../domain/flag'
import { fill } from '../../domain/script/placeholders'
import type { VersionedScript } from '../../records/scripts'

/** What the telephone says. No payment detail before the person has identified themselves; none to a machine. */
export interface Wording {
  /** `language` and `voice` of TwiML's Say. */
  voice: { language: string; voice: string }
  connecting(recorded: boolean): string
  waiting: string
  /** The agent's line broke in the middle of the talk. */
  lineBroken: string
  identify(name: string): string
  question(payment: Pick<FlaggedPayment, 'amount' | 'payee'>): string
  thanks: string
  toPerson(recorded: boolean): string
  apology: string
  voicemail: string
  goodbye: string
  noCase: string
  /** The payer has called in and keys in the code that their app shows. */
  enterCode: string
}

/** The announcements of a script, ready for the facts of a call. */
export function wordingOf({ language, document: { announcements } }: Pick<VersionedScript, 'language' | 'document'>): Wording {
  const { voice, recorded: notice, connecting, identify, question, toPerson, ...sentences } = announcements
  const announced = (text: string, recorded: boolean) => fill(text, { recorded: recorded ? notice : '' })
  return {
    ...sentences,
    voice: { language: voice.language, voice: voice.name },
    connecting: (recorded) => announced(connecting, recorded),
    identify: (name) => fill(identify, { payer: name }),
    question: (payment) => fill(question, { amount: spokenAmount(payment, language), payee: payment.payee.name }),
    toPerson: (recorded) => announced(toPerson, recorded),
  }
}

function spokenAmount({ amount }: Pick<FlaggedPayment, 'amount'>, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: amount.currency, currencyDisplay: 'name' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount.amount / 10 ** digits)
}
