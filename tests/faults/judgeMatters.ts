import type { Evidence } from './evidence'
import type { Violation } from './judge'
import type { RobotReport } from './robot'

/** Somebody has a right to this payment's money although it was frozen. */
export function mayBeGivenBack(paymentId: string, { disputes, claims }: Evidence): boolean {
  return disputes.has(paymentId) || (claims.has(paymentId) && claims.get(paymentId) !== 'open')
}

/** Disputes, claims, paused payments and disclosures: all are over, and nobody was paid twice. */
export function judgeMatters(evidence: Evidence): Violation[] {
  return [...judgeDisputes(evidence), ...judgeClaims(evidence), ...judgeChecks(evidence), ...judgeDisclosures(evidence)]
}

/** How often each kind of entry is in the ledger. */
function countsOf({ ledger }: Evidence, paymentId: string) {
  const kinds = (ledger.get(paymentId)?.entries ?? []).map(({ kind }) => kind)
  const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length
  return { refund: count('refund'), advance: count('advance'), compensation: count('compensation'), recovery: count('recovery') }
}

/** How many times over the payer has the payment's money now, beside a release to the payee. */
function timesPaid(evidence: Evidence, paymentId: string): number {
  const { refund, advance, compensation, recovery } = countsOf(evidence, paymentId)
  return refund + advance + compensation - recovery
}

function judgeDisputes(evidence: Evidence): Violation[] {
  return [...evidence.disputes].flatMap(([paymentId, { caseId, status, decision, moneyActions }]) => {
    const found: Violation[] = []
    const counts = countsOf(evidence, paymentId)
    const paid = timesPaid(evidence, paymentId)
    const told = `${paymentId} (${JSON.stringify(counts)})`
    if (status !== 'closed' || decision === null) found.push({ what: `the dispute of ${paymentId} is ${status}, decided ${decision}`, caseId })
    if (counts.advance > 1 || counts.compensation > 1 || counts.refund > 1 || paid > 1)
      found.push({ what: `the payer was paid more than once for ${told}`, caseId })
    if (status === 'closed' && decision === 'upheld' && paid !== 1) found.push({ what: `a dispute that was upheld paid ${paid} times: ${told}`, caseId })
    const claimed = evidence.claims.has(paymentId)
    if (status === 'closed' && decision === 'rejected' && paid !== 0 && !claimed)
      found.push({ what: `a dispute that was rejected paid ${paid} times: ${told}`, caseId })
    for (const action of moneyActions) if (action.status !== 'confirmed') found.push({ what: `the ${action.kind} of ${paymentId} is ${action.status}`, caseId })
    return found
  })
}

function judgeClaims(evidence: Evidence): Violation[] {
  return [...evidence.claims].flatMap(([paymentId, status]) => {
    const paid = timesPaid(evidence, paymentId)
    if (paid > 1) return [{ what: `the claim to ${paymentId} was paid ${paid} times` }]
    if (['refunded', 'compensated'].includes(status) && paid !== 1) return [{ what: `the claim to ${paymentId} is ${status}, and the payer has nothing` }]
    return []
  })
}

function judgeChecks({ checks, otherCases, ledger }: Evidence): Violation[] {
  return [...checks].flatMap(([paymentId, { phase, decision, funds, caseId }]) => {
    const found: Violation[] = []
    const about = caseId ? { caseId } : {}
    if (phase !== 'final' || decision === 'paused') found.push({ what: `the paused payment ${paymentId} is ${decision}, ${phase}`, ...about })
    if (caseId && otherCases.get(caseId)?.status !== 'closed')
      found.push({ what: `the case of ${paymentId} is ${otherCases.get(caseId)?.status ?? 'lost'}`, ...about })
    const { state = 'unknown', entries = [] } = ledger.get(paymentId) ?? {}
    const moves = entries.filter(({ kind }) => kind !== 'hold')
    const right = decision === 'pay' ? state === 'released' : ['refunded', 'unknown', 'pending'].includes(state)
    if (caseId && (!right || moves.length > 1 || (funds !== 'none' && funds !== state)))
      found.push({
        what: `${paymentId} is ${decision}, its funds ${funds}, in the ledger ${state} after ${moves.map(({ kind }) => kind).join(', ')}`,
        ...about,
      })
    return found
  })
}

function judgeDisclosures({ disclosures }: Evidence): Violation[] {
  return disclosures.flatMap(({ caseId, status, outcome, package: made }) => {
    const over = status === 'closed' && outcome !== null && (outcome !== 'disclosed' || made?.there === false)
    return over ? [] : [{ what: `a disclosure is ${status}, ${outcome}`, caseId }]
  })
}

/** What somebody whom the payer trusts was told was taken, the payer and the agent see; a later person's answer takes its place. */
export function judgeTrusted(robots: RobotReport[], { checks }: Evidence): Violation[] {
  const asked = robots.flatMap(({ trusted }) => trusted)
  return asked.flatMap(({ caseId, answered }) => {
    const seen = [...checks.values()].find((check) => check.caseId === caseId)?.trustedAnswer
    const lost = answered !== undefined && seen !== answered && asked.filter((other) => other.caseId === caseId).length === 1
    return lost ? [{ what: `the person whom the payer trusts said ${answered}, and ${seen} is shown`, caseId }] : []
  })
}
