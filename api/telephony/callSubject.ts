import type { FlaggedPayment } from '../../domain/flag'
import type { Policy } from '../../domain/policy'
import type { Attempt } from '../../generated/prisma/client'
import type { Database } from '../../records/database'
import { policyVersion } from '../../records/policy'
import { wordingFor, type Wording } from './wording'

/** What a voice document needs to know about the call that it is for. */
export interface CallSubject {
  attempt: Attempt
  wording: Wording
  payerName: string
  policy: Policy
  /** All payments of the case in the order in which they were flagged. */
  payments: FlaggedPayment[]
  undecided: FlaggedPayment[]
}

export async function callSubject(db: Database, attemptId: string): Promise<CallSubject | undefined> {
  const attempt = await db.attempt.findUnique({
    where: { id: attemptId },
    include: { case: { include: { payments: { orderBy: { flaggedAt: 'asc' } } } } },
  })
  if (!attempt) return undefined
  const { case: theCase, ...row } = attempt
  const body = (payment: (typeof theCase.payments)[number]) => payment.body as unknown as FlaggedPayment
  return {
    attempt: row,
    wording: wordingFor(theCase.locale),
    payerName: (theCase.payer as { name: string }).name,
    policy: await policyVersion(db, theCase.policyVersion),
    payments: theCase.payments.map(body),
    undecided: theCase.payments.filter(({ decision }) => decision === 'undecided').map(body),
  }
}
