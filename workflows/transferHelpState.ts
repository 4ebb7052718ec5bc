import { setHandler } from '@temporalio/workflow'
import type { MediationEnd, PayeeAnswer, TransferHelpInput } from '../domain/transferHelp/help'
import { helpNews, mediationEnded, payeeAnswered } from '../domain/transferHelp/messages'
import { records } from './activities'
import { CaseState, type PaymentState } from './caseState'
import { hearCalls } from './hearCalls'

/** Everything that is known of one transfer that went wrong. Handlers write it, the process reads it. */
export class TransferHelpState {
  /** The calling machinery's view; whoever it rings is the payee. */
  readonly call = new CaseState()
  private readonly question: PaymentState
  /** What the ledger has confirmed, in minor units. */
  held = 0
  returned = 0
  /** Instructions so far: their numbers make keys. */
  instructions = { hold_payee: 0, return: 0, release_payee: 0 }
  answer?: PayeeAnswer
  mediation?: MediationEnd
  /** Agreements so far. */
  rounds = 0
  asked = 0
  over = false
  readonly texts: Promise<void>[] = []
  private moneyMoves: Promise<unknown> = Promise.resolve()

  constructor(readonly input: TransferHelpInput) {
    const { caseId, transferId, payee, amount, openedAt, policy } = input
    // A deadline that is past: nothing here is promised within three minutes.
    const flag = { caseId, paymentId: transferId, payerId: payee.id, phones: payee.phone ? [payee.phone] : [], locale: payee.locale, amount, policy }
    this.question = this.call.join({ ...flag, score: 0, priority: 0, deadline: openedAt, late: true, flaggedAt: openedAt })!
    this.question.holdAnswered = true
  }

  get missing(): number {
    return this.input.amount.amount - this.returned
  }

  /** A new round of calls has its own time, in which a person is sought. */
  startCalling(now: number): void {
    this.question.flag.flaggedAt = new Date(now).toISOString()
  }

  /** One movement of money after the other: an expiring hold and a return must not have the same money in mind. */
  orderly<T>(move: () => Promise<T>): Promise<T> {
    const mine = this.moneyMoves.then(move)
    this.moneyMoves = mine.catch(() => undefined)
    return mine
  }

  /** What was recorded for the payer is announced, however long the provider of texts is away. */
  announce(): void {
    this.texts.push(records.sendTexts(this.input.caseId))
  }

  /** The payer is told unasked, in their app and by a text that there is news. */
  async tell(step: string, facts?: Record<string, string | number>): Promise<void> {
    const { caseId, transferId } = this.input
    await records.tellPayer({ caseId, step, paymentId: transferId, facts })
    this.announce()
  }

  bind(): void {
    const { call } = this
    setHandler(payeeAnswered, (answer) => {
      this.answer = answer
      // Nobody is sought or rung any more for what is answered.
      this.question.decided = true
    })
    setHandler(mediationEnded, (end) => void (this.mediation ??= end))
    setHandler(helpNews, () => this.announce())
    hearCalls(call)
  }
}
