import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporal } from '@temporalio/proto'
import { version } from '../../package.json'
import { caseWorkflowId } from '../../domain/messages'
import { defaultPolicy } from '../../domain/policy'
import { signIn, createBrowser, type Browser } from '../api/browser'
import { flag } from '../api/flags'
import type { EventReader } from '../api/events'
import { eventually } from '../dialling/flags'
import { startStack, type Stack } from '../support/stack'
import { PAYLOAD_KEYS } from './keys'

// `npm run histories:record`: runs cases through the whole product and keeps what Temporal wrote down of them,
// under the version of package.json. Once a version is released its histories stay as they are.

jest.setTimeout(120_000)
let stack: Stack
let engine: Browser
let agent: Browser
let desk: EventReader

beforeAll(async () => {
  const quick = Object.fromEntries(Object.keys(defaultPolicy.retrySeconds).map((outcome) => [outcome, 2])) as typeof defaultPolicy.retrySeconds
  stack = await startStack({
    environment: { PAYLOAD_KEYS },
    policy: { promiseSeconds: 30, dialReserveSeconds: 28, offerSeconds: 2, maxAttempts: 2, ringSeconds: 5, retrySeconds: quick, wrapUpSeconds: 2 },
  })
  engine = createBrowser(stack.api.url, { authorization: `Bearer ${stack.secrets.riskEngineKey}` })
  agent = await signIn(stack.api.url, 'agent.one@demo.example', stack.secrets.password)
  desk = await agent.events('/v1/desk/events')
})
afterAll(async () => {
  desk?.close()
  await stack.stop()
})

const folder = path.join(__dirname, version)

async function keep(name: string, payerId: string): Promise<void> {
  await eventually(() => stack.db.riskCase.findFirst({ where: { payerId, status: 'closed' } }))
  const handle = stack.temporal.workflow.getHandle(caseWorkflowId(payerId))
  await handle.result()
  mkdirSync(folder, { recursive: true })
  const history = await handle.fetchHistory()
  const plain = temporal.api.history.v1.History.toObject(history as temporal.api.history.v1.History, { longs: String, enums: String, bytes: String })
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(plain, withoutMachines, 1)}\n`)
  console.log(`${name}: ${history.events!.length} events`)
}

/** Which machine it was is nobody's business. */
function withoutMachines(key: string, value: unknown): unknown {
  return key === 'identity' || (typeof value === 'string' && /^\d+@/.test(value)) ? 'recorded' : value
}

async function person(phone: string, persona: object): Promise<void> {
  await fetch(`${stack.simulator.url}/sim/phones/${encodeURIComponent(phone)}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(persona) })
}

async function flagged(name: string, phone: string, changes: Parameters<typeof flag>[0] = {}) {
  const body = flag({ ...changes, payer: { id: name, name: 'Payer', phones: [phone], locale: 'en' } })
  const { status, body: answer } = await engine.send('POST', '/v1/flagged-payments', body)
  if (status !== 202) throw new Error(JSON.stringify(answer))
  return { paymentId: body.paymentId, caseId: answer.caseId as string }
}

async function talk(caseId: string): Promise<void> {
  const { offerId } = await desk.next('offer', (offer) => offer.caseId === caseId)
  await agent.send('POST', `/v1/desk/offers/${offerId}/accept`)
  await desk.next('call', (call) => call.caseId === caseId && call.contactAt !== null)
}

const verdict = (caseId: string, ...verdicts: object[]) => agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, { verdicts })
const available = () => agent.send('PUT', '/v1/desk/presence', { status: 'available' })
const small = { amount: { amount: 5_000, currency: 'CNY' }, risk: { score: 10 } }

test('confirmed: the first call is answered, an agent confirms', async () => {
  await available()
  const { caseId, paymentId } = await flagged('confirmed', '+8613800000011')
  await talk(caseId)
  await verdict(caseId, { paymentId, verdict: 'owner_confirmed' })
  await agent.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
  await keep('confirmed', 'confirmed')
})

test('joined: a second payment joins in the talk, one is denied', async () => {
  await available()
  const { caseId, paymentId } = await flagged('joined', '+8613800000012')
  await talk(caseId)
  const second = await flagged('joined', '+8613800000012')
  await desk.next('case', (held) => held.payments.length === 2)
  await verdict(caseId, { paymentId, verdict: 'owner_confirmed' }, { paymentId: second.paymentId, verdict: 'not_owner' })
  await agent.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
  await keep('joined', 'joined')
})

test('unanswered: rung again and again, then the declared default', async () => {
  await agent.send('PUT', '/v1/desk/presence', { status: 'offline' })
  await person('+8613800000013', { persona: 'no-answer' })
  await flagged('unanswered', '+8613800000013')
  await keep('unanswered', 'unanswered')
})

test('automated: nobody is free, the payer presses 1', async () => {
  await person('+8613800000014', { persona: 'answers', presses: ['1', '1'] })
  await flagged('automated', '+8613800000014', small)
  await keep('automated', 'automated')
})
