import type { FlaggedPayment } from '../../domain/flag'
import type { Policy } from '../../domain/policy'
import type { HelpKind } from '../../domain/transferHelp/help'
import type { PayeeRequest } from '../../domain/transferHelp/payeeWording'
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
  /** Of whoever is rung. */
  name: string
  policy: Policy
  /** All payments of the case in the order in which they were flagged. */
  payments: FlaggedPayment[]
  undecided: FlaggedPayment[]
  /** Whoever is rung is the payee of this transfer, which went wrong. */
  request?: PayeeRequest
}

export async function callSubject(db: Database, attemptId: string): Promise<CallSubject | undefined> {
  const [found] = await sqlOf(db).$queryRaw<StoredSubject[]>`
    SELECT to_jsonb(a) AS attempt, c.kind, coalesce(h.payee->>'locale', c.locale) AS locale, coalesce(h.payee, c.payer)->>'name' AS name, c.policy_version AS "policyVersion",
      h.kind AS "helpKind", h.amount::float8 AS minor, h.currency, h.transferred_at AS "transferredAt",
      (SELECT jsonb_agg(jsonb_build_object('body', p.body, 'undecided', p.decision = 'undecided') ORDER BY p.flagged_at) FROM flagged_payment p WHERE p.case_id = c.id) AS payments
    FROM attempt a JOIN risk_case c ON c.id = a.case_id LEFT JOIN transfer_help h ON h.case_id = c.id WHERE a.id = ${attemptId}`
  if (!found) return undefined
  const payments = found.payments ?? []
  const attempt = rowOf<Attempt>(found.attempt)
  const { helpKind, minor, currency, transferredAt } = found
  const script = await (attempt.script === null ? scriptInForce(sqlOf(db), found.kind, found.locale) : scriptAt(sqlOf(db), attempt.script))
  return {
    attempt,
    wording: wordingOf(script),
    script: script.reference,
    name: found.name,
    ...(helpKind !== null ? { request: { kind: helpKind, amount: { amount: minor!, currency: currency! }, transferredAt: transferredAt!, locale: found.locale } } : {}),
    policy: await policyVersion(sqlOf(db), found.policyVersion),
    payments: payments.map(({ body }) => body),
    undecided: payments.filter(({ undecided }) => undecided).map(({ body }) => body),
  }
}

interface StoredSubject {
  attempt: JsonRow
  kind: CaseKind
  locale: string
  name: string
  policyVersion: number
  helpKind: HelpKind | null
  minor: number | null
  currency: string | null
  transferredAt: Date | null
  payments: { body: FlaggedPayment; undecided: boolean }[] | null
}
