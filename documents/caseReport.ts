import type { TimelineEvent } from '../dashboard/src/api/supervision'
import type { CaseView, Payment } from '../dashboard/src/api/caseView'
import { attentionAdvice } from '../dashboard/src/attention/attention'
import { actorText, sentenceOf, verdictText, type SentenceContext } from '../dashboard/src/histories/sentence'
import type { Language } from '../dashboard/src/language/resources'
import type { PromiseStep } from '../domain/promise'
import type { CaseKind } from '../domain/status'
import type { AuditRow } from '../records/auditSpan'
import { localTime, utcTime } from './moments'
import type { Fact, Report, Section } from './report'
import { speechIn } from './speech'
import { fill, wordsFor, type Words } from './words'

/** Everything that a report tells of a case, read before it is laid out. */
export interface CaseFacts {
  kind: CaseKind
  view: CaseView
  events: TimelineEvent[]
  people: Record<string, string>
  audit: { rows: number; first: AuditRow; last: AuditRow } | undefined
}

export interface CaseReportOptions {
  language: Language
  /** Whose clocks stand beside UTC. */
  timeZone: string
  unmasked: boolean
  madeBy: string
  madeAt: Date
}

interface Telling {
  facts: CaseFacts
  options: CaseReportOptions
  words: Words
  context: SentenceContext
}

/** The case for somebody who was not there and cannot ask: a regulator, an auditor, a court. */
export function caseReport(facts: CaseFacts, options: CaseReportOptions): Report {
  const { language, timeZone, madeAt, madeBy } = options
  const words = wordsFor(language)
  const context = { ...speechIn(language, timeZone), view: facts.view, people: facts.people }
  const telling: Telling = { facts, options, words, context }
  const at = utcTime(madeAt.toISOString())
  return {
    language,
    title: `${words.title} ${facts.view.caseId}`,
    subtitle: `${fill(words.made, { at, by: madeBy })} · ${options.unmasked ? words.full : words.masked}`,
    footer: fill(words.footer, { caseId: facts.view.caseId, at }),
    createdAt: madeAt,
    sections: [caseSection(telling), paymentSection(telling), callSection(telling), moneySection(telling), timelineSection(telling), auditSection(telling)],
  }
}

function caseSection({ facts, words, options, context }: Telling): Section {
  const { view, kind } = facts
  const { t } = context
  const both = (at: string | null) => (at === null ? '–' : `${utcTime(at)} UTC · ${localTime(at, options.timeZone)} ${options.timeZone}`)
  const rows: Fact[] = [
    [words.caseId, view.caseId],
    [words.kind, words.kinds[kind]],
    [words.status, t(`terms.caseStatus.${view.status}`, { defaultValue: view.status })],
    [words.outcome, view.outcome === null ? '–' : t(`terms.outcome.${view.outcome}`, { defaultValue: view.outcome })],
    [words.opened, both(view.openedAt)],
    [words.closed, view.closedAt === null ? words.stillOpen : both(view.closedAt)],
    [words.deadline, both(view.deadline)],
    [words.firstRing, both(view.firstRingAt)],
    [words.payer, `${view.payer.name} · ${view.payer.id} · ${context.format.language(view.payer.locale)}`],
    [words.phones, view.payer.phones.join(', ')],
    [words.securityLevel, t(`terms.security.${view.payer.securityLevel}`)],
    [words.agent, view.agent?.name ?? '–'],
    [words.policy, String(view.policyVersion)],
  ]
  if (view.needsAttention !== null) rows.push([words.attention, attentionAdvice(t, view.needsAttention).what])
  return { heading: words.sections.case, blocks: [{ kind: 'facts', facts: rows }] }
}

function paymentSection(telling: Telling): Section {
  const { facts, words } = telling
  const { payments } = facts.view
  if (payments.length === 0) return { heading: words.sections.payments, blocks: [{ kind: 'paragraph', text: words.none }] }
  return { heading: words.sections.payments, blocks: payments.map((payment) => ({ kind: 'facts', facts: paymentFacts(payment, telling) })) }
}

function paymentFacts(payment: Payment, { words, context }: Telling): Fact[] {
  const { t, format, people } = context
  const late = payment.breachStep === null ? [] : [fill(words.brokenBy, { step: t(`terms.step.${payment.breachStep as PromiseStep}`) })]
  const verdict = verdictText(payment.verdict, payment.scamType, t)
  const by = payment.verdictBy === null ? '' : ` · ${people[payment.verdictBy] ?? payment.verdictBy} · ${utcTime(payment.verdictAt)} UTC`
  return [
    [words.payment, payment.paymentId],
    [words.amount, format.money(payment.amount)],
    [words.payee, `${payment.payee.name} · ${payment.payee.id}`],
    [words.method, t(`terms.method.${payment.method as 'transfer'}`, { defaultValue: payment.method })],
    [words.paidAt, `${utcTime(payment.paidAt)} UTC`],
    [words.flaggedAt, `${utcTime(payment.flaggedAt)} UTC`],
    [words.score, String(payment.risk.score)],
    [words.reasons, payment.risk.rules.map(({ id, reason }) => `${reason} (${id})`).join('; ') || '–'],
    [words.promise, [payment.rangAt === null ? words.notRung : `${utcTime(payment.rangAt)} UTC`, ...late].join(' · ')],
    [words.verdict, verdict === '' ? '–' : verdict + by],
    [words.notes, payment.verdictNotes ?? '–'],
    [words.funds, t(`terms.funds.${payment.fundsState}`)],
  ]
}

function callSection({ facts, words, context }: Telling): Section {
  const { t, people } = context
  const titles = [words.number, words.phone, words.mode, words.rang, words.answered, words.ended, words.result, words.agent]
  const widths = [0.6, 2, 1.6, 2, 2, 2, 1.7, 1.6]
  const rows = facts.view.attempts.map((attempt) => [
    String(attempt.number),
    attempt.phone,
    t(`terms.mode.${attempt.mode}`),
    utcTime(attempt.rangAt),
    utcTime(attempt.answeredAt),
    utcTime(attempt.endedAt),
    attempt.outcome === null ? t(`terms.attemptStatus.${attempt.status}`) : t(`terms.attemptOutcome.${attempt.outcome}`),
    attempt.agentId === null ? '–' : (people[attempt.agentId] ?? attempt.agentId),
  ])
  return { heading: words.sections.calls, blocks: [table(titles, widths, rows, words)] }
}

function moneySection({ facts, words, context }: Telling): Section {
  const titles = [words.action, words.payment, words.actionStatus, words.requested, words.confirmed, words.entry, words.by]
  const widths = [1.3, 2.6, 1.5, 2.1, 2.1, 2.2, 1.7]
  const rows = facts.view.moneyActions.map((action) => [
    context.t(`terms.fundsAction.${action.kind}`, { defaultValue: action.kind }),
    action.paymentId,
    [words.actionStatuses[action.status], action.detail ?? ''].filter(Boolean).join(': '),
    utcTime(action.requestedAt),
    utcTime(action.confirmedAt),
    action.ledgerEntry ?? '–',
    actorText(action.actor, context),
  ])
  return { heading: words.sections.money, blocks: [table(titles, widths, rows, words)] }
}

function timelineSection({ facts, words, options, context }: Telling): Section {
  const titles = [words.utc, fill(words.local, { zone: options.timeZone }), words.actor, words.what]
  const rows = facts.events.map((event) => [utcTime(event.at), localTime(event.at, options.timeZone), whoDid(event.actor, context), sentenceOf(event, context)])
  return { heading: words.sections.timeline, blocks: [table(titles, [2.6, 2.3, 1.9, 5.4], rows, words)] }
}

/** The role is told beside the name, and which part of the product it was. */
function whoDid(actor: string, context: SentenceContext): string {
  const [role = '', ...id] = actor.split(':')
  if (role === 'system') return `${context.t('timeline.actor.system')} (${id.join(':')})`
  return id.length > 0 ? `${actorText(actor, context)} (${role})` : actorText(actor, context)
}

function auditSection({ facts, words }: Telling): Section {
  const { audit } = facts
  const about = { kind: 'paragraph' as const, text: words.auditAbout }
  if (!audit) return { heading: words.sections.audit, blocks: [about] }
  const row = ({ lane, seq, at, hash }: AuditRow) => `${fill(words.auditRow, { lane, seq, at: utcTime(at.toISOString()) })}\n${words.auditHash} ${hash}`
  const rows: Fact[] = [
    [words.auditRows, String(audit.rows)],
    [words.auditFirst, row(audit.first)],
    [words.auditLast, row(audit.last)],
  ]
  return { heading: words.sections.audit, blocks: [about, { kind: 'facts', facts: rows }] }
}

function table(titles: string[], widths: number[], rows: string[][], words: Words): Section['blocks'][number] {
  if (rows.length === 0) return { kind: 'paragraph', text: words.none }
  return { kind: 'table', columns: titles.map((title, index) => ({ title, width: widths[index] ?? 1 })), rows }
}
