import { eventually } from '../api/eventually'
import { flag } from '../api/flags'
import { createBrowser, signIn, type Browser, type Json } from '../api/browser'
import type { EventReader } from '../api/events'
import { defaultPolicy } from '../../domain/policy'
import { startStack, type Stack } from '../support/stack'

jest.setTimeout(120_000)
let stack: Stack
let engine: Browser
let payer: Browser
let agent: Browser
let supervisor: Browser
let compliance: Browser
let events: EventReader
const patience = 45_000

beforeAll(async () => {
  const approvals = { ...defaultPolicy.approvals, releaseAbove: 5_000_000 }
  stack = await startStack({ policy: { approvals, compensation: { ...defaultPolicy.compensation, waitingDays: 0 }, wrapUpSeconds: 1 } })
  const { url } = stack.api
  engine = createBrowser(url, { authorization: `Bearer ${stack.secrets.riskEngineKey}` })
  payer = createBrowser(url, { authorization: `Bearer ${stack.secrets.payerKey}` })
  const as = (name: string) => signIn(url, `${name}.one@demo.example`, stack.secrets.password)
  ;[agent, supervisor, compliance] = await Promise.all([as('agent'), as('supervisor'), as('compliance')])
  events = await agent.events('/v1/desk/events')
}, 90_000)
afterAll(async () => {
  events?.close()
  await stack.stop()
})

/** A flagged payment whose payer an agent has on the line. */
async function onTheLine(amount = 758_700): Promise<{ caseId: string; paymentId: string }> {
  await agent.send('PUT', '/v1/desk/presence', { status: 'available' })
  const body = flag({ amount: { amount, currency: 'CNY' } })
  const { caseId } = (await engine.send('POST', '/v1/flagged-payments', body)).body
  const { offerId } = await events.next('offer', (offer) => offer.caseId === caseId)
  await agent.send('POST', `/v1/desk/offers/${offerId}/accept`)
  await events.next('call', (call) => call.caseId === caseId && call.contactAt !== null)
  return { caseId, paymentId: body.paymentId }
}

async function says(caseId: string, paymentId: string, verdict: string): Promise<void> {
  const { status } = await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, { verdicts: [{ paymentId, verdict }] })
  expect(status).toBe(200)
  await agent.send('POST', `/v1/desk/cases/${caseId}/hang-up`)
}
const read = async (caseId: string) => (await engine.send('GET', `/v1/cases/${caseId}`)).body
const inLedger = async (paymentId: string) => (await (await fetch(`${stack.simulator.url}/sim/ledger/payments/${paymentId}`)).json()) as Json
const closed = (caseId: string) => eventually(async () => (await read(caseId)).status === 'closed', patience)

async function openApproval(subject: string): Promise<string> {
  let approvalId = ''
  await eventually(async () => {
    const { body } = await compliance.send('GET', '/v1/approvals?limit=200')
    approvalId = body.approvals.find((one: Json) => one.subject === subject)?.approvalId ?? ''
    return approvalId !== ''
  }, patience)
  return approvalId
}
const approve = async (approvalId: string) => (await compliance.send('POST', `/v1/approvals/${approvalId}/decision`, { vote: 'approve' })).status

it('a large release waits for a second person, held; then the ledger releases it', async () => {
  const { caseId, paymentId } = await onTheLine(19_000_000)
  await says(caseId, paymentId, 'owner_confirmed')
  const approvalId = await openApproval(paymentId)
  expect(await read(caseId)).toMatchObject({
    payments: [{ verdict: 'owner_confirmed', decision: 'settling', fundsState: 'held' }],
    approvals: [{ kind: 'large_release', outcome: null }],
  })
  expect((await inLedger(paymentId)).state).toBe('held')
  expect((await agent.send('POST', `/v1/approvals/${approvalId}/decision`, { vote: 'approve' })).status).toBe(403)
  expect(await approve(approvalId)).toBe(200)
  await closed(caseId)
  expect((await inLedger(paymentId)).state).toBe('released')
})

it('not the owner: frozen, claimed, and given back; the payer is told; a second claim on it finds nothing to pay', async () => {
  const { caseId, paymentId } = await onTheLine()
  await says(caseId, paymentId, 'not_owner')
  await closed(caseId)
  await eventually(async () => (await inLedger(paymentId)).state === 'refunded', patience)
  await eventually(async () => (await supervisor.send('GET', `/v1/compensations/${paymentId}`)).body.status === 'refunded', patience)
  const told = await stack.db.payerMessage.findMany({ where: { caseId }, orderBy: { at: 'asc' } })
  expect(told.map(({ step }) => step)).toEqual(['claim_opened', 'refunded'])
  // Disputed and decided for the payer as well, it is not paid twice.
  const dispute = (await payer.send('POST', '/v1/payer/disputes', { paymentId, reason: 'not_me' })).body.caseId
  await eventually(
    async () => (await supervisor.send('POST', `/v1/disputes/${dispute}/decision`, { decision: 'upheld', reason: 'not theirs' })).status === 200,
    patience,
  )
  await eventually(async () => (await payer.send('GET', `/v1/payer/disputes/${dispute}`)).body.status === 'closed', patience)
  expect((await payer.send('GET', `/v1/payer/disputes/${dispute}`)).body.messages.map((one: Json) => one.step)).toContain('paid_before')
  expect((await inLedger(paymentId)).entries.map((one: Json) => one.kind)).toEqual(['hold', 'restriction', 'freeze', 'refund'])
})

it('disputed while the callback talks: a release waits for a second person, and the dispute for the callback', async () => {
  const { caseId, paymentId } = await onTheLine()
  const dispute = (await payer.send('POST', '/v1/payer/disputes', { paymentId, reason: 'wrong_place' })).body.caseId
  await says(caseId, paymentId, 'owner_confirmed')
  const approvalId = await openApproval(paymentId)
  expect((await inLedger(paymentId)).state).toBe('held')
  expect((await compliance.send('POST', `/v1/approvals/${approvalId}/decision`, { vote: 'refuse', reason: 'it is disputed' })).status).toBe(200)
  await closed(caseId)
  expect((await inLedger(paymentId)).state).toBe('frozen')
  await eventually(
    async () => (await supervisor.send('POST', `/v1/disputes/${dispute}/decision`, { decision: 'upheld', reason: 'they were elsewhere' })).status === 200,
    patience,
  )
  await eventually(async () => (await inLedger(paymentId)).state === 'refunded', patience)
})

it('frozen money goes on only when two agree', async () => {
  const { caseId, paymentId } = await onTheLine()
  await says(caseId, paymentId, 'scam')
  await closed(caseId)
  expect((await inLedger(paymentId)).state).toBe('frozen')
  expect((await supervisor.send('POST', `/v1/cases/${caseId}/unfreezes`, { paymentId, reason: 'came to the counter' })).status).toBe(202)
  const approvalId = await openApproval(paymentId)
  expect((await supervisor.send('POST', `/v1/approvals/${approvalId}/decision`, { vote: 'approve' })).status).toBe(403)
  expect(await approve(approvalId)).toBe(200)
  await eventually(async () => (await inLedger(paymentId)).state === 'released', patience)
})

it('a payment that nobody flagged: advance, decision, and a ledger that adds up', async () => {
  const paymentId = `face-${Date.now()}`
  const opened = await payer.send('POST', '/v1/payer/disputes', {
    paymentId,
    reason: 'wrong_place',
    statement: '我当时在家。',
    payment: {
      paidAt: new Date(Date.now() - 60_000).toISOString(),
      amount: { amount: 12_800, currency: 'CNY' },
      method: 'face_payment',
      payee: { id: 'shop-12', name: 'Corner shop' },
    },
    payer: { id: 'wang-1003', name: '王女士', phones: ['+8613800000003'] },
  })
  const { caseId } = opened.body
  await agent.send('POST', `/v1/disputes/${caseId}/take-up`)
  expect((await supervisor.send('POST', `/v1/disputes/${caseId}/advance`, { reason: 'small, and plausible' })).status).toBe(202)
  expect((await supervisor.send('POST', `/v1/disputes/${caseId}/advance`, { reason: 'again' })).status).toBe(409)
  await eventually(
    async () =>
      (await supervisor.send('GET', `/v1/disputes/${caseId}`)).body.moneyActions.some((one: Json) => one.kind === 'advance' && one.status === 'confirmed'),
    patience,
  )
  expect((await supervisor.send('POST', `/v1/disputes/${caseId}/decision`, { decision: 'upheld', reason: 'the face is another' })).body).toEqual({
    effect: 'taken',
  })
  await eventually(async () => (await payer.send('GET', `/v1/payer/disputes/${caseId}`)).body.status === 'closed', patience)
  expect((await inLedger(paymentId)).entries.map((one: Json) => one.kind)).toEqual(['advance'])
  const balance = (await (await fetch(`${stack.simulator.url}/sim/ledger/balance`)).json()) as Json
  expect(balance).toMatchObject({ balanced: true, totals: { CNY: { sum: 0, company: -12_800 } } })
  // The text that announces the end is sent after the end.
  await eventually(async () => (await stack.db.payerMessage.count({ where: { caseId, textedAt: null } })) === 0, patience)
})
