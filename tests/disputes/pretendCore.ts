import { PaymentsCoreUnavailable, type PaymentsCore } from '../../providers/paymentsCore'
import type { LedgerAnswer } from '../../records/money'

/** A payments core that notes what it is asked, once for each key, and fails as it is told. */
export function createPretendCore() {
  const entries: { key: string; kind: string; body: Record<string, unknown> }[] = []
  const answers: (LedgerAnswer | 'lost')[] = []
  const core: Pick<PaymentsCore, 'instruct'> = {
    async instruct(kind, key, body) {
      const answer = answers.shift() ?? { status: 'confirmed' as const, entryId: `entry-${key}` }
      if (answer !== 'lost' && answer.status !== 'confirmed') return answer
      // Accepted, whatever becomes of the answer.
      if (!entries.some((entry) => entry.key === key)) entries.push({ key, kind, body })
      if (answer === 'lost') throw new PaymentsCoreUnavailable('the answer was lost')
      return answer
    },
  }
  return {
    core: core as PaymentsCore,
    /** What moved money on this payment, in order. */
    moved: (paymentId: string) => entries.filter(({ body }) => body.paymentId === paymentId).map(({ kind }) => kind),
    entries,
    /** What the next instructions are answered; `lost`: carried out, and the answer does not arrive. */
    next: (...given: (LedgerAnswer | 'lost')[]) => void answers.push(...given),
  }
}
