import type { HelpView } from '../../api/transferHelp/view'
import type { Evidence } from './evidence'
import type { Violation } from './judge'

/** Help with transfers: over, nobody paid twice, nothing left held, and what policy declares where nobody agreed. */
export function judgeHelp(evidence: Evidence): Violation[] {
  return evidence.helps.flatMap((help) => [...judgeCase(help), ...judgeMoney(help, evidence)].map((what) => ({ what: `help with ${help.transferId}: ${what}`, caseId: help.caseId })))
}

function judgeCase({ status, outcome, caseId, attempts, moneyActions }: HelpView): string[] {
  return [
    ...(status === 'closed' && outcome !== null ? [] : [`it is ${status}, ${outcome}`]),
    ...attempts.filter((attempt) => attempt.status !== 'ended').map(({ attemptId }) => `attempt ${attemptId} is open in case ${caseId}`),
    // A hold that finds nothing at the payee is refused, and that is an answer.
    ...moneyActions
      .filter(({ kind, status: state }) => state !== 'confirmed' && !(kind === 'hold_payee' && state === 'refused'))
      .map(({ kind, status: state }) => `the ${kind} is ${state}`),
  ]
}

function judgeMoney({ transferId, kind, amount, returned, held, outcome, answer, mediation }: HelpView, { ledger }: Evidence): string[] {
  const entries = ledger.get(transferId)?.entries ?? []
  const sum = (wanted: string) => entries.reduce((all, entry) => (entry.kind === wanted ? all + entry.lines.reduce((most, line) => Math.max(most, line.amount), 0) : all), 0)
  const [taken, back, letGo] = [sum('payeeHold'), sum('payeeReturn'), sum('payeeRelease')]
  const told = `of ${amount.amount} the ledger held ${taken}, returned ${back} and let go ${letGo}`
  const agreed = answer?.answer === 'return' || mediation === 'agreed'
  const found: string[] = []
  if (back > amount.amount) found.push(`the payer got more than was sent: ${told}`)
  if (taken !== back + letGo || held.amount !== 0) found.push(`something is still held at the payee, ${held.amount} by our records: ${told}`)
  if (returned.amount !== back) found.push(`we say that ${returned.amount} came back: ${told}`)
  const whole = back === amount.amount
  const fits = { returned: whole, settled: agreed && back > 0 && !whole, part_returned: back > 0 && !whole, not_returned: back === 0 }
  if (outcome !== null && !fits[outcome]) found.push(`it ended as ${outcome}: ${told}`)
  // The policy of the test: an impostor's money goes back to its payer, a mistake's to whom it was sent.
  if (!agreed && (kind === 'impersonation' ? letGo : back) > 0) found.push(`nobody agreed, and what was held did not go where policy says: ${told}`)
  return found
}
