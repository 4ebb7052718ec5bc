import { ApplicationFailure, setHandler } from '@temporalio/workflow'
import type { DecisionGiven, DisputeInput } from '../domain/dispute/dispute'
import { appealDispute, askForAdvance, decideDispute, disputeNews, type AdvanceAsked } from '../domain/dispute/messages'
import { approvalDecided, ledgerConfirmed } from '../domain/messages'
import { personOf } from '../domain/approvals'
import { records } from './activities'
import { hear, type Heard } from './approval'

/** What people and the ledger have said so far. Handlers write it, the process reads it. */
export class DisputeState {
  heard: Heard = new Map()
  ledgerSaid = new Set<string>()
  /** A decision that somebody proposes; it is one when it takes effect. */
  proposal?: DecisionGiven
  decision?: DecisionGiven
  /** Who decided before the appeal: somebody else decides after it. */
  firstDecider?: string
  appeal?: string
  mayAppeal = false
  advanceAsked?: AdvanceAsked
  advance: 'none' | 'waiting' | 'paying' | 'paid' | 'refused' = 'none'
  readonly texts: Promise<void>[] = []

  constructor(readonly input: DisputeInput) {}

  /** Above what one person may pay out. An advance that was paid needs no consent any more. */
  needsConsent({ decision }: DecisionGiven): boolean {
    return decision === 'upheld' && this.advance !== 'paid' && this.input.amount.amount > this.input.compensationAbove
  }

  /** What was recorded for the payer is announced, however long the provider of texts is away. */
  announce(): void {
    this.texts.push(records.sendTexts(this.input.caseId))
  }

  /** The payer is told unasked, in their app and by a text that there is news. */
  async tell(step: string, facts?: Record<string, string>): Promise<void> {
    const { caseId, paymentId } = this.input
    await records.tellPayer({ caseId, step, paymentId, facts })
    this.announce()
  }

  bind(): void {
    setHandler(approvalDecided, (decided) => hear(this.heard, decided))
    setHandler(ledgerConfirmed, ({ key }) => void this.ledgerSaid.add(key))
    setHandler(disputeNews, () => this.announce())
    setHandler(
      decideDispute,
      (given) => {
        this.proposal = given
        return this.needsConsent(given) ? 'waits' : 'taken'
      },
      { validator: (given) => this.refuseDecision(given) },
    )
    setHandler(appealDispute, (reason) => void (this.appeal = reason), {
      validator: (_reason: string) => {
        if (!this.mayAppeal || this.appeal !== undefined) throw refused('NoAppeal', 'there is nothing to appeal against')
      },
    })
    setHandler(
      askForAdvance,
      (asked) => {
        this.advanceAsked = asked
      },
      {
        validator: (_asked: AdvanceAsked) => {
          if (this.decision || this.proposal) throw refused('AlreadyDecided', 'the dispute is decided')
          if (this.advanceAsked || this.advance !== 'none') throw refused('AlreadyAsked', 'an advance was asked for already')
        },
      },
    )
  }

  private refuseDecision({ by }: DecisionGiven): void {
    if (this.decision || this.proposal) throw refused('AlreadyDecided', 'the dispute is decided, or a decision waits for a second person')
    if (this.firstDecider !== undefined && personOf(by) === personOf(this.firstDecider))
      throw refused('OwnDecision', 'an appeal is decided by somebody else than the first decision')
  }
}

function refused(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type)
}
