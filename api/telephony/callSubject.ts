import type { FlaggedPayment } from '../../domain/flag'
import type { Policy } from '../../domain/policy'
import type { Attempt } from '../../generated/prisma/client'
import { sqlOf, type Database } from '../../records/database'
import { policyVersion } from '../../records/policy'
import { scriptAt, scriptInForce } from '../../records/scripts'
import type { CaseKind } from '../../domain/status'
import { rowOf, type JsonRow } from '../views/row'
import { wordingOf, type Wording } from './wording'

/** What a voice document needs to know about the call that it is for. */
export interface CallSubject {
  attempt: Attempt
  wording: Wording
  /** Which script the wording is of. */
  script: string
  payerName: string
  policy: Policy
  /** All payments of the case in the order in which they were flagged. */
  payments: FlaggedPayment[]
  undecided: FlaggedPayment[]
}

export async function callSubject(db: Database, attemptId: string): Promise<CallSubject | undefined> {
  const [found] = await sqlOf(db).$queryRaw<StoredSubject[]>`
    SELECT to_jsonb(a) AS attempt, c.kind, c.locale, c.payer->>'name' AS "payerName", c.policy_version AS "policyVersion",
      (SELECT jsonb_agg(jsonb_build_object('body', p.body, 'undecided', p.decision = 'undecided') ORDER BY p.flagged_at) FROM flagged_payment p WHERE p.case_id = c.id) AS payments
    FROM attempt a JOIN risk_case c ON c.id = a.case_id WHERE a.id = ${attemptId}`
  if (!found) return undefined
  const payments = found.payments ?? []
  const attempt = rowOf<Attempt>(found.attempt)
  const script = await (attempt.script === null ? scriptInForce(sqlOf(db), found.kind, found.locale) : scriptAt(sqlOf(db), attempt.script))
  return {
    attempt,
    wording: wordingOf(script),
    script: script.reference,
    payerName: found.payerName,
    policy: await policyVersion(sqlOf(db), found.policyVersion),
    payments: payments.map(({ body }) => body),
    undecided: payments.filter(({ undecided }) => undecided).map(({ body }) => body),
  }
}

interface StoredSubject {
  attempt: JsonRow
  kind: CaseKind
  locale: string
  payerName: string
  policyVersion: number
  payments: { body: FlaggedPayment; undecided: boolean }[] | null
}
