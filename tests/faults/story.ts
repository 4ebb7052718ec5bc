import type { Kill } from './chaos'
import type { Evidence } from './evidence'
import type { Violation } from './judge'
import type { Plan } from './plan'
import { parts } from './product'
import type { AnsweredFlag } from './riskEngine'
import type { Robot, RobotReport } from './robot'

interface Told {
  plan: Plan
  flags: AnsweredFlag[]
  robots: Robot[]
  kills: Kill[]
  evidence: Evidence
  violations: Violation[]
  /** Timelines of the cases that went wrong. */
  stories: Map<string, string[]>
}

/** The figures of a run, and the story of each case that went wrong with what was killed while it lasted. */
export function describe({ plan, flags, robots, kills, evidence, violations, stories }: Told): string {
  return [
    ...figures({ flags, robots, kills, evidence }),
    '',
    ...verdict(plan, violations),
    ...[...stories].flatMap(([caseId, lines]) => story(caseId, lines, kills, violations)),
  ].join('\n')
}

function figures({ flags, robots, kills, evidence }: Pick<Told, 'flags' | 'robots' | 'kills' | 'evidence'>): string[] {
  const cases = [...evidence.cases.values()].flatMap((one) => one ?? [])
  const payments = cases.flatMap((one) => one.payments)
  const attempts = cases.flatMap((one) => one.attempts)
  const owed = payments.filter(({ late }) => !late)
  const kept = owed.filter(({ rangAt, deadline }) => rangAt !== null && rangAt <= deadline)
  const broken = owed.filter(({ breachStep }) => breachStep !== null)
  const reports = robots.map(({ report }) => report)
  const waited = reports.flatMap(({ verdicts }) => verdicts).filter(({ effect }) => effect === 'waits_for_contact')
  const heeded = waited.filter((given) => payments.find(({ paymentId }) => paymentId === given.paymentId)?.verdict === given.verdict)
  const dead = kills.filter(({ frozenMillis }) => frozenMillis === undefined)
  const downs = parts.map((part) => {
    const of = dead.filter((kill) => kill.part === part)
    const back = of.flatMap(({ backAfterMillis }) => backAfterMillis ?? [])
    const mean = back.length > 0 ? `, back after ${(back.reduce((a, b) => a + b, 0) / back.length / 1_000).toFixed(1)} s` : ''
    return `${part} ${of.length}${mean}`
  })
  return [
    `killed by SIGKILL: ${dead.length} (${downs.join('; ')}); frozen for a while: ${kills.length - dead.length}`,
    `cases: ${cases.length}, ${count(cases.map(({ outcome }) => outcome ?? 'open'))}`,
    `flags: ${flags.length} answered after ${flags.reduce((sum, { tries }) => sum + tries, 0)} tries`,
    `money: ${count(payments.map(({ fundsState }) => fundsState))}; decided by ${count(payments.map(({ verdictBy }) => verdictBy?.split(':')[0] ?? 'default'))}`,
    `attempts: ${attempts.length}, ${count(attempts.map(({ outcome }) => outcome ?? 'open'))}; rings ${[...evidence.rings.values()].flat().length}`,
    `modes: ${count(attempts.map(({ mode }) => mode))}`,
    `promise: ${kept.length} of ${owed.length} kept, ${broken.length} broken (${count(broken.map(({ breachStep }) => breachStep!))})`,
    `agents: ${reports.reduce((sum, { accepted }) => sum + accepted, 0)} offers accepted, ${reports.reduce((sum, { deaths }) => sum + deaths, 0)} died on the phone; verdicts ${count(reports.flatMap(({ verdicts }) => verdicts.map(({ status, effect }) => effect ?? String(status))))}; of those that waited ${heeded.length} were heeded`,
    `beside them: ${mattersOf(reports, evidence).join('; ')}`,
    `audit: ${evidence.audit.entries} entries, ${evidence.audit.ok ? 'intact' : 'BROKEN'}; ledger ${evidence.balance.balanced ? 'balanced' : 'NOT BALANCED'}; events received ${[...evidence.events.values()].flat().length}`,
  ]
}

function mattersOf(reports: RobotReport[], { ledger, disputes, claims, checks, helps, disclosures, cases }: Evidence): string[] {
  const entries = [...ledger.values()].flatMap((payment) => payment.entries ?? [])
  const paid = (kind: string) => entries.filter((entry) => entry.kind === kind).length
  const trusted = reports.flatMap((report) => report.trusted)
  const approvals = [...cases.values()].flatMap((one) => one?.approvals ?? [])
  return [
    `disputes ${count([...disputes.values()].map(({ decision }) => decision ?? 'undecided'))}`,
    `advances ${paid('advance')}, compensations ${paid('compensation')}, recoveries ${paid('recovery')}`,
    `claims ${count([...claims.values()])}`,
    `paused payments ${count([...checks.values()].map(({ ending }) => ending ?? 'open'))}`,
    `second agents ${reports.reduce((sum, { calledAgain }) => sum + calledAgain, 0)}, trusted persons ${trusted.length}, of whom ${trusted.filter(({ answered }) => answered).length} answered`,
    `help with transfers ${count(helps.map(({ outcome }) => outcome ?? 'open'))}; payees called ${helps.flatMap(({ attempts }) => attempts).length} times, answers ${count(helps.map(({ answer }) => answer?.answer ?? 'none'))}, mediation ${count(helps.map(({ mediation }) => mediation ?? 'none'))}, instalments ${helps.flatMap(({ instalments }) => instalments).length}`,
    `disclosures ${count(disclosures.map(({ outcome }) => outcome ?? 'open'))}`,
    `large releases ${count(approvals.flatMap(({ kind, outcome }) => (kind === 'large_release' ? [outcome ?? 'open'] : [])))}`,
  ]
}

function count(words: string[]): string {
  const sums = new Map<string, number>()
  for (const word of words) sums.set(word, (sums.get(word) ?? 0) + 1)
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .map(([word, sum]) => `${sum} ${word}`)
    .join(', ')
}

function verdict(plan: Plan, violations: Violation[]): string[] {
  if (violations.length === 0) return ['Nothing was lost, rung twice or left undecided.']
  return [`${violations.length} violations with seed ${plan.seed}:`, ...violations.map(({ what, caseId }) => `  - ${what}${caseId ? ` [${caseId}]` : ''}`)]
}

function story(caseId: string, lines: string[], kills: Kill[], violations: Violation[]): string[] {
  const first = lines[0]?.slice(0, 24) ?? ''
  const last = lines.at(-1)?.slice(0, 24) ?? ''
  const deaths = kills
    .map(
      (kill) => `${new Date(kill.at).toISOString()} *** ${kill.frozenMillis ? 'froze' : 'killed'} ${kill.part}${kill.aim ? ` (${kill.aim})` : ''}, back after ${kill.backAfterMillis ?? '?'} ms`,
    )
    .filter((line) => line >= first.slice(0, 17) && line.slice(0, 24) <= last)
  return [
    '',
    `${caseId}: ${violations
      .filter((one) => one.caseId === caseId)
      .map(({ what }) => what)
      .join('; ')}`,
    ...[...lines, ...deaths].sort().map((line) => `    ${line}`),
  ]
}
