import type { Evidence } from './evidence'
import { judgeHelp } from './judgeHelp'
import { judgeMatters, judgeTrusted, mayBeGivenBack } from './judgeMatters'
import { fastPolicy } from './policy'
import type { GivenVerdict, RobotReport } from './robot'
import type { AnsweredFlag } from './riskEngine'

/** Something that must never be, however much died. */
export interface Violation {
  what: string
  caseId?: string
}

const stateAfter = { release: 'released', freeze: 'frozen', refund: 'refunded' } as const

/** Judges from outside: what the phones, the ledger and the risk engine saw against what the product says. */
export function judge(planned: number, flags: AnsweredFlag[], robots: RobotReport[], evidence: Evidence): Violation[] {
  return [
    ...judgeFlags(planned, flags),
    ...judgeCases(evidence),
    ...judgeMoney(flags, evidence),
    ...judgeMatters(evidence),
    ...judgeHelp(evidence),
    ...judgeTrusted(robots, evidence),
    ...judgeRings(evidence),
    ...robots.flatMap(({ verdicts }) => verdicts).flatMap((verdict) => judgeVerdict(verdict, evidence)),
    ...robots.flatMap(({ complaints }) => complaints).map((what) => ({ what })),
    ...judgeEvents(evidence),
    ...(evidence.balance.balanced && Object.values(evidence.balance.totals).every(({ sum, holding }) => sum === 0 && holding === 0)
      ? []
      : [{ what: `the ledger does not balance, or still holds money: ${JSON.stringify(evidence.balance)}` }]),
    ...(evidence.audit.ok ? [] : [{ what: `the audit chain is broken: ${JSON.stringify(evidence.audit)}` }]),
  ]
}

function judgeFlags(planned: number, flags: AnsweredFlag[]): Violation[] {
  const found: Violation[] = flags.length === planned ? [] : [{ what: `${planned - flags.length} of ${planned} flags were never answered` }]
  for (const { paymentId, caseId, status, again } of flags) {
    if (status !== 200 && status !== 202) found.push({ what: `the flag of ${paymentId} was answered ${status}` })
    if (again && (again.status !== 200 || again.caseId !== caseId))
      found.push({ what: `the same flag of ${paymentId} was answered ${again.status} with case ${again.caseId} instead of ${caseId}`, caseId })
  }
  return found
}

function judgeCases({ cases }: Evidence): Violation[] {
  const found: Violation[] = []
  for (const [caseId, one] of cases) {
    if (!one) found.push({ what: 'the product lost the case', caseId })
    else if (one.status !== 'closed') found.push({ what: `the case is ${one.status}, not closed`, caseId })
    for (const { attemptId, status, intendedAt } of one?.attempts ?? []) {
      if (one?.closedAt && intendedAt > one.closedAt) found.push({ what: `attempt ${attemptId} was made after the case had closed`, caseId })
      if (one?.closedAt && status !== 'ended') found.push({ what: `attempt ${attemptId} is ${status} in a closed case`, caseId })
    }
  }
  return found
}

function judgeMoney(flags: AnsweredFlag[], evidence: Evidence): Violation[] {
  const { cases, ledger } = evidence
  return flags.flatMap(({ paymentId, caseId }) => {
    const found: Violation[] = []
    const payment = cases.get(caseId)?.payments.find((one) => one.paymentId === paymentId)
    const entry = ledger.get(paymentId)
    if (!payment) return [{ what: `payment ${paymentId} is not in its case`, caseId }]
    if (payment.decision !== 'final') found.push({ what: `payment ${paymentId} is ${payment.decision}`, caseId })
    if (!entry || !['released', 'frozen', 'refunded'].includes(entry.state))
      found.push({ what: `the money of ${paymentId} is ${entry?.state ?? 'unknown to the ledger'}`, caseId })
    else if (entry.state !== payment.fundsState)
      found.push({ what: `the product says ${payment.fundsState} of ${paymentId}, the ledger ${entry.state}`, caseId })
    const moves = (entry?.entries ?? []).map(({ kind }) => kind).filter((kind) => ['release', 'freeze', 'refund'].includes(kind))
    // What was frozen may be given back later, by a claim or a dispute.
    const usual = moves.length === 1 || (moves.join() === 'freeze,refund' && mayBeGivenBack(paymentId, evidence))
    if (!usual) found.push({ what: `the money of ${paymentId} was moved after its hold by ${moves.join(', ') || 'nothing'}`, caseId })
    return found
  })
}

/** One ring an attempt at most, and no call that the product does not know of. */
function judgeRings({ cases: callbacks, otherCases, rings, calls }: Evidence): Violation[] {
  const cases = new Map([...callbacks, ...otherCases])
  const attempts = new Map(
    [...cases].flatMap(([caseId, one]) =>
      (one?.attempts ?? []).flatMap(({ callSid, attemptId }) => (callSid ? [[callSid, { attemptId, caseId }] as const] : [])),
    ),
  )
  const casesOf = (phone: string) => [...cases].find(([, one]) => one?.attempts.some((attempt) => attempt.phone === phone))?.[0]
  const found: Violation[] = []
  for (const [phone, list] of rings) {
    const rung = new Set<string>()
    for (const { callSid, at } of list) {
      const attempt = attempts.get(callSid)
      if (!attempt) found.push({ what: `${phone} rang at ${at} for no attempt (${callSid}): rung twice for one`, caseId: casesOf(phone) })
      else if (rung.has(attempt.attemptId)) found.push({ what: `${phone} rang twice for attempt ${attempt.attemptId}`, caseId: attempt.caseId })
      else rung.add(attempt.attemptId)
    }
  }
  for (const [phone, list] of calls)
    for (const { callSid, createdAt, status } of list)
      if (!attempts.has(callSid))
        found.push({ what: `the provider has a call (${callSid}, ${status}) to ${phone} of ${createdAt} that belongs to no attempt`, caseId: casesOf(phone) })
  return found
}

/** What an agent was told was taken, is what happened. */
function judgeVerdict({ agent, caseId, paymentId, verdict, status, effect }: GivenVerdict, evidence: Evidence): Violation[] {
  if (status !== 200 || effect !== 'taken') return []
  const theCase = evidence.cases.get(caseId)
  const payment = theCase?.payments.find((one) => one.paymentId === paymentId)
  const { funds } = fastPolicy.verdictActions[verdict as keyof typeof fastPolicy.verdictActions]
  // A release that the second person did not agree to.
  const stopped = theCase?.approvals.some(({ kind, subject, outcome }) => kind === 'large_release' && subject === paymentId && outcome !== 'approved')
  const expected = stateAfter[stopped ? 'freeze' : funds]
  const givenBack = expected === 'frozen' && payment?.fundsState === 'refunded' && mayBeGivenBack(paymentId, evidence)
  if (payment?.verdict === verdict && (payment.fundsState === expected || givenBack)) return []
  return [{ what: `${agent} was told that ${verdict} on ${paymentId} was taken; it is ${payment?.verdict}, ${payment?.fundsState}`, caseId }]
}

/** Each case's events came at least once, and in order. */
function judgeEvents({ cases, events, claims }: Evidence): Violation[] {
  // Whoever has a claim is paid after the callback is over.
  const claimed = (caseId: string) => cases.get(caseId)?.payments.some(({ paymentId }) => claims.has(paymentId)) ?? false
  const aboutClaims = /^risk-callback\.(money|payer|approval)\./
  return [...cases.keys()].flatMap((caseId) => {
    const heard = events.get(caseId) ?? []
    const found: Violation[] = []
    if (heard[0] !== 'risk-callback.case.opened') found.push({ what: `the risk engine first heard ${heard[0] ?? 'nothing'} of the case`, caseId })
    if (!heard.includes('risk-callback.case.closed')) found.push({ what: 'the risk engine was never told that the case closed', caseId })
    const closed = heard.indexOf('risk-callback.case.closed')
    const late = closed === -1 ? [] : heard.slice(closed).filter((type) => type !== 'risk-callback.case.closed' && !(claimed(caseId) && aboutClaims.test(type)))
    if (late.length > 0) found.push({ what: `the risk engine heard ${late.join(', ')} after the case had closed`, caseId })
    return found
  })
}
