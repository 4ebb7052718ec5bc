import type { Money } from '../money'
import type { ScriptDocument } from './document'
import { fill } from './placeholders'
import { sayMoney, sayTime } from './wording'

/** What the agent says, in the payer's language. */
export interface Script {
  /** A BCP 47 language tag. */
  language: string
  /** Who is calling and why; no payment is named before the payer has said who they are. */
  opening: string
  /** In the order in which they are asked: identity, then each payment, then what tells a scam from an ordinary payment. */
  questions: string[]
  closing: string
}

export interface ScriptFacts {
  payerName: string
  agentName: string
  payments: { amount: Money; paidAt: string; payeeName: string }[]
  now: Date
}

/** The script with the facts of a case in it. */
export function scriptFor({ language, document: { speech } }: { language: string; document: ScriptDocument }, facts: ScriptFacts): Script {
  const people = { payer: facts.payerName, agent: facts.agentName }
  const about = ({ amount, paidAt, payeeName }: ScriptFacts['payments'][number]) => ({
    ...people,
    amount: sayMoney(amount, language),
    payee: payeeName,
    time: sayTime(paidAt, facts.now, language),
  })
  return {
    language,
    opening: fill(speech.opening, people),
    questions: [
      fill(speech.identity, people),
      ...facts.payments.map((payment) => fill(speech.payment, about(payment))),
      ...speech.questions.map((question) => fill(question, people)),
    ],
    closing: fill(speech.closing, people),
  }
}
