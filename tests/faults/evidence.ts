import type { DisclosureView } from '../../api/disclosures/view'
import type { CheckView } from '../../api/payer/checkView'
import type { HelpView } from '../../api/transferHelp/view'
import type { CaseView } from '../../api/views/case'
import { insist } from './http'
import type { Matters } from './matters'
import type { DisputeAsSeen } from './office'
import { paymentApp } from './person'
import { phonesOf } from './plan'
import type { AnsweredFlag } from './riskEngine'
import type { World } from './world'

export interface Ring {
  at: string
  callSid: string
}

interface LedgerPayment {
  state: string
  entries: { kind: string; lines: { amount: number }[] }[]
}

/** What the world outside the product saw, and what the product says about it. */
export interface Evidence {
  /** By case id; undefined when the product does not know a case that it told us of. */
  cases: Map<string, CaseView | undefined>
  /** By payment id. */
  ledger: Map<string, LedgerPayment>
  /** By payment id. */
  disputes: Map<string, { caseId: string } & DisputeAsSeen>
  checks: Map<string, CheckView>
  /** Of paused payments and of help with transfers, which ring phones as well. */
  otherCases: Map<string, CaseView | undefined>
  helps: HelpView[]
  /** Of those that were submitted. */
  disclosures: DisclosureView[]
  /** Status of the claim that a verdict has opened, by payment id. */
  claims: Map<string, string>
  /** By phone number. */
  rings: Map<string, Ring[]>
  /** Calls that the account asked for, by phone number, whether they rang or not. */
  calls: Map<string, { callSid: string; status: string; createdAt: string }[]>
  balance: { balanced: boolean; totals: Record<string, { sum: number; holding: number }> }
  audit: { ok: boolean; entries: number; firstFault?: unknown }
  /** Types of the events that the risk engine received, in order, by case id. */
  events: Map<string, string[]>
}

export async function readCase({ product, over }: World, caseId: string): Promise<CaseView | undefined> {
  const headers = { authorization: `Bearer ${product.riskEngineKey}` }
  const { status, body } = await insist<CaseView>(`${product.baseUrl}/v1/cases/${caseId}`, { headers }, over)
  return status === 200 ? body : undefined
}

export async function readTimeline({ product }: World, caseId: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${product.riskEngineKey}` }
  const { status, body } = await insist<{ events: { at: string; actor: string; type: string; data: unknown }[] }>(
    `${product.baseUrl}/v1/cases/${caseId}/timeline`,
    { headers },
  )
  return status === 200 ? body.events.map(({ at, actor, type, data }) => `${at} ${actor} ${type} ${JSON.stringify(data)}`) : []
}

export async function gather(world: World, flags: AnsweredFlag[], matters: Matters): Promise<Evidence> {
  const { product, plan } = world
  const simulator = async <T>(path: string): Promise<T> => (await insist<T>(`${product.simulatorUrl}/sim/${path}`)).body
  const evidence: Evidence = {
    cases: new Map(),
    ledger: new Map(),
    disputes: new Map(),
    checks: new Map(),
    otherCases: new Map(),
    helps: [],
    disclosures: [],
    claims: new Map(),
    rings: new Map(),
    calls: new Map(),
    balance: await simulator('ledger/balance'),
    audit: await verifyAudit(world),
    events: new Map(),
  }
  for (const caseId of new Set(flags.map((flag) => flag.caseId))) evidence.cases.set(caseId, await readCase(world, caseId))
  for (const { paymentId } of flags) evidence.ledger.set(paymentId, await simulator(`ledger/payments/${paymentId}`))
  await gatherMatters(world, matters, evidence)
  for (const paymentId of [...evidence.disputes.keys(), ...evidence.checks.keys(), ...evidence.helps.map(({ transferId }) => transferId)])
    if (!evidence.ledger.has(paymentId)) evidence.ledger.set(paymentId, await simulator(`ledger/payments/${paymentId}`))
  for (const { number } of phonesOf(plan)) {
    evidence.rings.set(number, await simulator(`phones/${encodeURIComponent(number)}/rings`))
    const calls = await simulator<{ callSid: string; direction: string; status: string; createdAt: string }[]>(`phones/${encodeURIComponent(number)}/calls`)
    evidence.calls.set(
      number,
      calls.filter(({ direction }) => direction === 'outbound-api'),
    )
  }
  for (const { event } of await simulator<{ event: { type: string; subject: string } }[]>('risk-engine/events'))
    evidence.events.set(event.subject, [...(evidence.events.get(event.subject) ?? []), event.type])
  return evidence
}

async function gatherMatters(world: World, { office, disputes, helps }: Matters, evidence: Evidence): Promise<void> {
  const app = paymentApp(world)
  for (const [paymentId, caseId] of disputes) evidence.disputes.set(paymentId, { caseId, ...(await office.read(caseId)) })
  for (const { body } of world.plan.matters.checks) {
    const check = (await app.ask<CheckView>('GET', `/v1/payer/payments/${body.paymentId}`)).body
    evidence.checks.set(body.paymentId, check)
    if (check.caseId) evidence.otherCases.set(check.caseId, await readCase(world, check.caseId))
  }
  for (const caseId of helps) {
    evidence.helps.push((await office.mediator.ask<HelpView>('GET', `/v1/transfer-help/${caseId}`)).body)
    evidence.otherCases.set(caseId, await readCase(world, caseId))
  }
  for (const caseId of office.submitted) evidence.disclosures.push(await office.readDisclosure(caseId))
  for (const { paymentId, verdict } of [...evidence.cases.values()].flatMap((one) => one?.payments ?? []))
    if (verdict === 'not_owner') evidence.claims.set(paymentId, (await office.claim(paymentId)).status)
}

async function verifyAudit({ product }: World): Promise<Evidence['audit']> {
  const { email, password } = product.users.find(({ role }) => role === 'supervisor')!
  const session = await insist(`${product.baseUrl}/v1/session`, { method: 'POST', body: { email, password } })
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return (await insist<Evidence['audit']>(`${product.baseUrl}/v1/supervision/audit/verify`, { method: 'POST', headers: { cookie } })).body
}
