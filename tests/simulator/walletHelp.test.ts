import { Webhook } from 'standardwebhooks'
import { createWorld, webhookSecret, type World } from './world'

let world: World
/** The case of help as the product has it. */
let help: Record<string, unknown> | null = null
beforeAll(async () => {
  world = await createWorld()
  answers('/v1/payer/payments', ({ paymentId }) => ({ paymentId, version: 1, decision: 'pay', phase: 'final', ending: 'low_risk' }))
  answers('/v1/payer/transfer-help', ({ transferId }) => {
    if (transferId !== undefined) help = { caseId: 'case-1', transferId, status: 'mediation' }
    return transferId === undefined ? { cases: help ? [help] : [] } : help!
  })
  answers('/v1/payer/transfer-help/case-1', () => help!)
  world.product.reply('/v1/payer/transfer-help/case-1/mediation-answer', ({ body }) => {
    help = { ...help, said: (JSON.parse(body) as { agrees: boolean }).agrees }
    return { status: 202 }
  })
})
afterAll(() => world.close())

const li = '/sim/wallet/people/li-1001'
const wei = '/sim/wallet/people/wei-6006'

function answers(path: string, says: (body: Record<string, unknown>) => object): void {
  world.product.reply(path, ({ body }) => ({ type: 'application/json', body: JSON.stringify(says(body ? (JSON.parse(body) as Record<string, unknown>) : {})) }))
}

/** @returns where help with it is asked for */
async function paid(kind: string, payee: { id: string; name: string }): Promise<{ paymentId: string; path: string }> {
  const { status, body } = await world.send('POST', `${li}/payments`, { kind, payee, amount: 500_000 })
  expect(status).toBe(201)
  return { paymentId: body.paymentId, path: `${li}/payments/${body.paymentId}/transfer-help` }
}

it('asks for help once, says yes or no to a proposal, and hands the evidence on', async () => {
  const { paymentId, path } = await paid('transfer', { id: 'wei-6006', name: '子龙' })
  expect((await world.get(path)).help).toBeNull()
  expect((await world.send('POST', `${path}/mediation-answer`, { agrees: true })).status).toBe(404)
  for (const wrong of [{ kind: 'other', reason: 'x' }, { kind: 'impersonation', reason: ' ' }]) expect((await world.send('POST', path, wrong)).status).toBe(422)

  const opened = await world.send('POST', path, { kind: 'impersonation', reason: '头像是我朋友的。' })
  expect([opened.status, opened.body.help.status]).toEqual([201, 'mediation'])
  const asked = world.product.to('/v1/payer/transfer-help').find(({ method }) => method === 'POST')!
  // Whom the payer knows by a nickname is asked by their own name and telephone.
  expect(JSON.parse(asked.body)).toMatchObject({
    transferId: paymentId,
    kind: 'impersonation',
    amount: { amount: 500_000, currency: 'CNY' },
    payer: { id: 'li-1001', phones: ['+8613800000001'] },
    payee: { id: 'wei-6006', name: '魏建国', phone: '+8613800000006', locale: 'zh-CN' },
  })
  expect((await world.send('POST', `${path}/mediation-answer`, { agrees: false })).body.help.said).toBe(false)

  world.product.reply('/v1/payer/transfer-help/case-1/evidence', { type: 'application/pdf', body: '%PDF-1.7' })
  const file = await world.send('GET', `${path}/evidence?language=en`)
  expect([file.status, file.headers.get('content-type'), file.text]).toEqual([200, 'application/pdf', '%PDF-1.7'])
  expect(world.product.to('/v1/payer/transfer-help/case-1/evidence')[0]?.fields).toEqual({ language: 'en' })
  world.product.reply('/v1/payer/transfer-help/case-1/evidence', { status: 404, type: 'application/json', body: '{"title":"Not Found","detail":"Gone."}' })
  const refused = await world.send('GET', `${path}/evidence`)
  expect([refused.status, refused.body.detail]).toEqual([404, 'Gone.'])
})

it('is for the payer’s own transfers to people, and for nothing else', async () => {
  const purchase = await paid('purchase', { id: 'shop-1', name: 'Shop' })
  expect((await world.send('POST', purchase.path, { kind: 'wrong_transfer', reason: 'x' })).status).toBe(409)
  const { path } = await paid('transfer', { id: 'nobody-1', name: 'Nobody' })
  for (const rest of ['', '/evidence']) expect((await world.send('GET', path.replace('li-1001', 'wang-3003') + rest)).status).toBe(404)
  expect((await world.send('POST', path, { kind: 'wrong_transfer', reason: 'One digit.' })).status).toBe(201)
  // Somebody without a wallet is known by what the payer typed.
  expect(JSON.parse(world.product.to('/v1/payer/transfer-help').findLast(({ method }) => method === 'POST')!.body).payee).toEqual({ id: 'nobody-1', name: 'Nobody' })
})

it('shows the payee what is asked back and where to answer, once, and nobody else', async () => {
  const data = { caseId: 'case-1', payeeId: 'wei-6006', locale: 'zh-CN', amount: { amount: 500_000, currency: 'CNY' }, step: 'asked' }
  const hear = async (id: string, more: object) => {
    const body = JSON.stringify({ specversion: '1.0', id, source: 'risk-callback', type: 'risk-callback.payee.asked', data: { ...data, ...more } })
    const at = new Date()
    const signature = new Webhook(webhookSecret).sign(id, at, body)
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': signature }
    const answer = await fetch(`${world.url}/sim/risk-engine/events`, { method: 'POST', headers, body })
    expect(answer.status).toBe(204)
  }
  const link = 'http://127.0.0.1:1/payee?t=token'
  await hear('e1', { link })
  await hear('e1', { link })
  await hear('e2', { link: 'javascript:alert(1)' })
  expect((await world.get(wei)).notices).toEqual([expect.objectContaining({ from: 'product', text: null, asked: { step: 'asked', amount: 500_000, link } })])
  expect((await world.get(li)).notices).toEqual([])
})
