import type { TFunction } from 'i18next'
import type { ApprovalKind } from '../../../domain/approvals'
import type { DisputeDecision, EvidenceKind } from '../../../domain/dispute/dispute'
import type { FundsState, MoneyActionKind, ScamType, UndecidedEnding, VerdictKind } from '../../../domain/money'
import type { TrustedAnswer } from '../../../domain/reminder/check'
import type { AttemptOutcome, CaseOutcome, CaseStatus, DialMode } from '../../../domain/status'
import type { PromiseStep } from '../../../domain/promise'
import type { CaseView } from '../api/caseView'
import type { TimelineEvent } from '../api/supervision'
import type { Format } from '../design/format'
import { timeline } from '../language/en/timeline'

export interface SentenceContext {
  t: TFunction
  format: Format
  view: CaseView
  /** Staff names by id. */
  people: Readonly<Record<string, string>>
}

type Sentence = keyof typeof timeline.sentence
type Why = keyof typeof timeline.why

/** One event as a sentence that needs no explanation. An unknown event shows its type. */
export function sentenceOf(event: TimelineEvent, context: SentenceContext): string {
  const { t, format, view } = context
  const data = event.data as Record<string, string | number | undefined>
  const attempt = view.attempts.find(({ attemptId }) => attemptId === data['attemptId'])
  const payment = paymentText(data['paymentId'], context)
  const reason = data['reason'] === undefined ? undefined : String(data['reason'])
  const known = (kind: string): Sentence => (kind in timeline.sentence ? (kind as Sentence) : 'unknown')
  const kind = event.type === 'keypress' ? known(`keypress_${data['meaning']}`) : known(event.type)
  const word = <T extends string>(group: Record<T, string>, value: unknown): string =>
    typeof value === 'string' && value in group ? group[value as T] : String(value ?? '?')
  const terms = t('terms', { returnObjects: true })

  return t(`timeline.sentence.${kind === 'unknown' && event.type === 'keypress' ? 'keypress' : kind}`, {
    type: event.type,
    payment,
    ...thirdPartyText(event.data, t),
    agent: nameOf(String(data['agentId'] ?? event.actor.split(':')[1] ?? ''), context),
    actor: actorText(event.actor, context),
    score: data['score'],
    deadline: typeof data['deadline'] === 'string' ? format.time(data['deadline']) : '',
    from: event.type === 'status_changed' ? word<CaseStatus>(terms.caseStatus, data['from']) : data['from'],
    to: event.type === 'status_changed' ? word<CaseStatus>(terms.caseStatus, data['to']) : data['to'],
    number: data['number'] ?? attempt?.number ?? '?',
    phone: data['phone'] ?? attempt?.phone ?? '',
    mode: inSentence(word<DialMode>(terms.mode, data['mode'])),
    permission: permissionText(data['permission'], t) + (data['heldBack'] === 'pacing' ? t('timeline.heldBack') : ''),
    script: data['script'] === undefined ? '' : t('timeline.inScript', { script: data['script'] }),
    wait: format.duration(Number(data['seconds'] ?? 0) * 1_000),
    why: event.type.startsWith('attempt_') ? word<Why>(t('timeline.why', { returnObjects: true }), reason) : (reason ?? t('timeline.noReason')),
    because: reason === undefined ? '' : t('timeline.because', { reason }),
    how: word<keyof typeof timeline.how>(t('timeline.how', { returnObjects: true }), data['how']),
    digit: data['digit'],
    at: typeof data['at'] === 'string' ? format.dateTime(data['at']) : '',
    queue: data['queue'] ?? '?',
    stage: data['stage'] ?? '?',
    outcome:
      event.type === 'case_closed'
        ? word<CaseOutcome>(terms.outcome, data['outcome'])
        : inSentence(word<AttemptOutcome>(terms.attemptOutcome, data['outcome'])),
    seconds: format.duration(Number(data['secondsAfterPayment'] ?? 0) * 1_000),
    step: word<PromiseStep>(terms.step, data['step']),
    verdict: verdictText(data['verdict'] as VerdictKind | undefined, data['scamType'] as ScamType | undefined, t),
    ending: word<UndecidedEnding>(terms.ending, data['ending']),
    authority: data['authority'],
    reference: data['reference'],
    advice: adviceText(data['advice'] ?? data['closed'], t),
    action: actionText(data['kind'], payment, t),
    task: inSentence(word<EvidenceKind>(terms.evidence, data['task'])),
    decision: inSentence(word<DisputeDecision>(terms.outcome, data['decision'])),
    trustedAnswer: word<TrustedAnswer>(t('reminder.trustedAnswer', { returnObjects: true }), data['answer']),
    what: word<ApprovalKind>(t('timeline.consentTo', { returnObjects: true }), data['kind']),
  })
}

/** Somebody of the directory has a name; of a number that was entered only its ends are kept here. */
function thirdPartyText({ name, phone, number }: TimelineEvent['data'], t: TFunction): { thirdParty: string; thirdPartyNumber: string } {
  const named = typeof name === 'object' && name !== null ? String((name as Record<string, unknown>)[t('timeline.nameIn')] ?? '') : ''
  return { thirdParty: named || String(phone ?? ''), thirdPartyNumber: String(number ?? '') }
}

/** One piece of advice, or several. */
function adviceText(advice: unknown, t: TFunction): string {
  const holes = t('terms.security', { returnObjects: true }) as Record<string, string>
  return [advice ?? []].flat().map((one) => holes[String(one)] ?? String(one)).join(t('timeline.and'))
}

/** `fraud_override:do_not_call` is told; that nothing had to be overridden is not. */
function permissionText(permission: unknown, t: TFunction): string {
  const rule = typeof permission === 'string' && permission.startsWith('fraud_override:') ? permission.slice('fraud_override:'.length) : ''
  return rule in timeline.override ? t(`timeline.override.${rule as keyof typeof timeline.override}`) : ''
}

/** Words begin with a capital where they stand alone; Chinese has none. */
function inSentence(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** Whose names are known, for telling who did something. */
type KnownPeople = Pick<SentenceContext, 't' | 'people'> & { view?: Pick<CaseView, 'agent'> }

/** Who did it: a name, or the part of the product. */
export function actorText(actor: string, context: KnownPeople): string {
  const [role = '', id] = actor.split(':')
  if (id !== undefined && role !== 'system') return nameOf(id, context)
  const known = timeline.actor
  return role in known ? context.t(`timeline.actor.${role as keyof typeof known}`) : actor
}

export function verdictText(verdict: VerdictKind | null | undefined, scamType: ScamType | null | undefined, t: TFunction): string {
  if (verdict == null) return ''
  const text = t(`terms.verdict.${verdict}`)
  return scamType == null ? text : t('timeline.scam', { verdict: text, kind: t(`terms.scam.${scamType}`) })
}

function nameOf(id: string, { people, view }: Omit<KnownPeople, 't'>): string {
  return people[id] ?? (view?.agent?.id === id ? view.agent.name : id)
}

function paymentText(paymentId: unknown, { view, format, t }: SentenceContext): string {
  if (view.check !== null && view.check.paymentId === paymentId) return format.money(view.check.amount)
  const payment = view.payments.find((each) => each.paymentId === paymentId)
  if (payment === undefined) return t('timeline.aPayment')
  return view.payments.length === 1
    ? format.money(payment.amount)
    : t('supervision.case.paymentTo', { money: format.money(payment.amount), payee: payment.payee.name })
}

function actionText(kind: unknown, payment: string, t: TFunction): string {
  return typeof kind === 'string' && kind in timeline.action ? t(`timeline.action.${kind as MoneyActionKind}`, { payment }) : String(kind ?? '')
}

export type EventGroup = 'call' | 'money' | 'person' | 'flag' | 'promise' | 'closed' | 'small'

/** Small steps are of interest to whoever looks for a fault, not to whoever asks what happened. */
export function groupOf(type: string): EventGroup {
  if (
    ['status_changed', 'case_queued', 'queue_widened', 'call_created', 'priority_raised', 'agent_freed', 'offer_made', 'offer_withdrawn', 'money_requested', 'payer_told', 'recording_completed', 'reminder_phase', 'message_written', 'recording_started', 'review_chosen', 'review_opened', 'review_released', 'review_calibration_begun', 'third_party_called'].includes(
      type,
    )
  )
    return 'small'
  if (type.startsWith('promise_')) return 'promise'
  if (/^(money_|verdict_|default_|hold_|approval_)/.test(type)) return 'money'
  if (/^(reminder_fate|payer_cancelled|warning_)/.test(type)) return 'money'
  if (/^(payment_)/.test(type)) return 'flag'
  if (/^(case_closed)/.test(type)) return 'closed'
  if (/^(call_|attempt_|keypress|payer_|voicemail|monitoring_|third_party_)/.test(type)) return 'call'
  return 'person'
}

/** Colour helps the eye to find what went wrong. */
export function toneOf(event: TimelineEvent): 'plain' | 'good' | 'danger' | 'warn' {
  if (['money_refused', 'approval_refused', 'promise_broken', 'attempt_not_made', 'agent_lost'].includes(event.type)) return 'danger'
  if (['help_asked', 'no_other_agent', 'offer_expired', 'approval_requested', 'approval_expired', 'default_applied', 'hold_expired', 'verdict_waits'].includes(event.type)) return 'warn'
  if (['promise_kept', 'money_confirmed'].includes(event.type)) return 'good'
  return 'plain'
}

/** For the header: each state the money is in, once. */
export function fundsText(view: CaseView, t: TFunction): string {
  const states = [...new Set(view.payments.map(({ fundsState }) => fundsState))] as FundsState[]
  return states.map((state) => t(`terms.funds.${state}`)).join(', ')
}
