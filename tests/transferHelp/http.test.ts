import { createPayeeLinks, type PayeeLinks } from '../../configuration/payeeLinks'
import { hashOfKey } from '../../api/access/apiKeys'
import { createBrowser, type Browser, type Json } from '../api/browser'
import { flag } from '../api/flags'
import { startApi, type RunningApi } from '../api/startApi'
import { pdfText } from '../documents/pdfText'
import { createProvider } from '../telephony/provider'

let running: RunningApi
let app: Browser
let agent: Browser
let other: Browser
let supervisor: Browser
let links: PayeeLinks
let number = 0

beforeAll(async () => {
  running = await startApi()
  await running.db.apiKey.create({ data: { id: 'app', name: 'Payment app', hash: hashOfKey('rck_app'), scopes: ['payer'] } })
  app = createBrowser(running.url, { authorization: 'Bearer rck_app' })
  ;[agent, other, supervisor] = await Promise.all([running.as('agent-one'), running.as('agent-two'), running.as('supervisor-one')])
  links = createPayeeLinks(running.configuration.payloadKeys, running.url)
})
afterAll(() => running.stop())

function request(body: Json = {}): Json {
  const transferId = `transfer-${++number}`
  return {
    transferId,
    kind: 'wrong_transfer',
    reason: 'I typed a wrong digit <b>.',
    transferredAt: '2026-11-20T02:15:00Z',
    amount: { amount: 500_000, currency: 'CNY' },
    payer: { id: `li-${transferId}`, name: '李先生', phones: ['+8613800000001'] },
    payee: { id: `wang-${transferId}`, name: 'Maria Lopez', phone: '+8613800000002', locale: 'en' },
    ...body,
  }
}

async function open(status = 'contacting'): Promise<{ caseId: string; transferId: string }> {
  const body = request()
  const opened = await app.send('POST', '/v1/payer/transfer-help', body)
  expect(opened.status).toBe(202)
  await running.db.riskCase.update({ where: { id: opened.body.caseId }, data: { status } })
  return { caseId: opened.body.caseId, transferId: body.transferId }
}
const staff = (caseId: string, rest = '') => `/v1/transfer-help/${caseId}${rest}`

test('the same request twice is one case; another body, another way to the money, are refused', async () => {
  const body = request()
  const first = await app.send('POST', '/v1/payer/transfer-help', body)
  const again = await app.send('POST', '/v1/payer/transfer-help', body)
  expect([first.status, again.status, again.body.caseId]).toEqual([202, 200, first.body.caseId])
  expect((await app.send('POST', '/v1/payer/transfer-help', { ...body, kind: 'impersonation' })).status).toBe(409)
  // Held by its callback: nothing has reached the payee.
  const flagged = flag()
  await running.riskEngine().send('POST', '/v1/flagged-payments', flagged)
  expect((await app.send('POST', '/v1/payer/transfer-help', request({ transferId: flagged.paymentId, payer: flagged.payer }))).status).toBe(409)
  // Help is under way: no dispute beside it.
  const disputed = { paymentId: body.transferId, reason: 'not_me', payer: body.payer, payment: { paidAt: body.transferredAt, amount: body.amount, method: 'transfer', payee: { id: 'x', name: 'X' } } }
  expect((await app.send('POST', '/v1/payer/disputes', disputed)).status).toBe(409)
  const { status, body: refused } = await agent.send('POST', '/v1/transfer-help', request({ payee: { id: body.payer.id, name: 'W' }, payer: body.payer }))
  expect([status, refused.errors[0].field]).toEqual([422, 'payee.id'])
})

test('who may do what, and who sees names', async () => {
  const { caseId } = await open()
  const admin = await running.as('admin-one')
  for (const [method, path] of [
    ['GET', '/v1/transfer-help'], ['GET', staff(caseId)], ['POST', staff(caseId, '/take-up')], ['POST', staff(caseId, '/payee-answer')],
    ['PUT', staff(caseId, '/proposal')], ['POST', staff(caseId, '/mediation-answers')], ['POST', staff(caseId, '/mediation-end')],
  ] as const) {
    expect([path, (await admin.send(method, path)).status]).toEqual([path, 403])
    expect([path, (await createBrowser(running.url).send(method, path)).status]).toEqual([path, 401])
  }
  expect((await agent.send('GET', `/v1/payer/transfer-help/${caseId}`)).status).toBe(401)
  expect((await agent.send('POST', staff(caseId, '/take-up'))).status).toBe(204)
  const seen = async (browser: Browser) => (await browser.send('GET', staff(caseId))).body.payee
  expect(await seen(agent)).toMatchObject({ name: 'Maria Lopez', phone: '+8613800000002' })
  expect(await seen(other)).toMatchObject({ name: 'M**** L****', phone: '+86138****0002' })
  expect(await seen(supervisor)).toMatchObject({ name: 'Maria Lopez' })
  expect(await running.db.caseEvent.count({ where: { caseId, type: 'case_read' } })).toBe(1)
  const list = (await supervisor.send('GET', '/v1/transfer-help')).body.cases
  expect(list.find((one: Json) => one.caseId === caseId)).toMatchObject({ payer: { name: '李**' }, handler: { id: 'agent-one' } })
  // The payer is not told who the payee is.
  const { body } = await app.send('GET', `/v1/payer/transfer-help/${caseId}`)
  expect(body).toMatchObject({ status: 'contacting', payee: { name: 'M**** L****' }, messages: [{ step: 'help_received', text: expect.stringContaining('求助') }] })
  expect(JSON.stringify(body)).not.toMatch(/Lopez|\+86/)
  for (const path of [staff('case_nothing'), `/v1/payer/transfer-help/case_nothing`])
    expect((await (path.includes('payer') ? app : supervisor).send('GET', path)).status).toBe(404)
})

test('the payee’s link: a look answers nothing, one answer counts, and nothing of the payer is told', async () => {
  const { caseId } = await open()
  const link = links.link(caseId, Date.now() + 60_000)
  const look = async () => {
    const response = await fetch(link)
    return { status: response.status, text: await response.text(), cache: response.headers.get('cache-control') }
  }
  const first = await look()
  expect(first).toMatchObject({ status: 200, cache: 'no-store' })
  expect(first.text).toContain('it was sent to you by mistake')
  expect(first.text).not.toMatch(/李|wrong digit|13800000001|transfer-\d/)
  const send = (form: Record<string, string>) => fetch(link, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
  expect((await send({ answer: 'parts', instalments: '0' })).status).toBe(422)
  expect((await send({ answer: 'refuse', reason: 'It was a debt.' })).status).toBe(303)
  expect((await send({ answer: 'return' })).status).toBe(303)
  expect((await look()).text).toContain('we have your answer')
  expect((await supervisor.send('GET', staff(caseId))).body.answer).toMatchObject({ answer: 'refuse', reason: 'It was a debt.', by: 'payee' })
  expect((await agent.send('POST', staff(caseId, '/payee-answer'), { answer: 'return' })).status).toBe(409)
  for (const wrong of [`${link}x`, links.link(caseId, Date.now() - 1_000), `${running.url}/payee`]) expect((await fetch(wrong)).status).toBe(404)
})

test('mediation over HTTP: proposed, answered by both sides, and over', async () => {
  const { caseId } = await open()
  expect((await agent.send('PUT', staff(caseId, '/proposal'), { amount: 1, words: 'too early' })).status).toBe(409)
  await running.db.riskCase.update({ where: { id: caseId }, data: { status: 'mediation' } })
  const answer = (side: string, agrees: boolean) => agent.send('POST', staff(caseId, '/mediation-answers'), { side, agrees })
  expect((await answer('payee', true)).status).toBe(409)
  const tooMuch = await agent.send('PUT', staff(caseId, '/proposal'), { amount: 500_001, words: 'more' })
  expect([tooMuch.status, tooMuch.body.errors[0].field]).toEqual([422, 'amount'])
  expect((await agent.send('PUT', staff(caseId, '/proposal'), { amount: 200_000, instalments: 2, words: '<i>Two parts</i>' })).status).toBe(204)
  const page = await (await fetch(links.link(caseId, Date.now() + 60_000))).text()
  expect(page).toContain('in 2 parts')
  expect(page).not.toContain('<i>')
  expect((await answer('payee', true)).status).toBe(202)
  expect((await app.send('POST', `/v1/payer/transfer-help/${caseId}/mediation-answer`, { agrees: true })).status).toBe(202)
  expect((await supervisor.send('GET', staff(caseId))).body).toMatchObject({ mediation: 'agreed', proposal: { payerAgrees: true, payeeAgrees: true, instalments: 2 } })
  expect((await agent.send('POST', staff(caseId, '/mediation-end'), { reason: 'late' })).status).toBe(409)
})

test('the call to the payee names nobody but them, and a key is their answer, once', async () => {
  const { caseId } = await open()
  const provider = createProvider(running)
  const attemptId = `${caseId}.1`
  await running.db.attempt.create({ data: { id: attemptId, caseId, number: 1, phone: '+8613800000002', mode: 'automated', reason: 'first', permission: 'within_hours', status: 'in_progress', callSid: `CA${'1'.repeat(32)}` } })
  const voice = await provider.document(`/calls/${attemptId}/voice`)
  expect(voice.text).toMatch(/If you are Maria Lopez, press 1/)
  expect((await provider.document(voice.action(), { Digits: '9' })).verbs).toEqual(['Say', 'Hangup'])
  const asked = await provider.document(voice.action(), { Digits: '1' })
  expect(asked.text).toMatch(/5,000.*press 1.*press 2.*press 0/)
  expect(`${voice.text}${asked.text}`).not.toMatch(/李|wrong digit/)
  expect((await provider.document(asked.action(), { Digits: '1' })).verbs).toEqual(['Say', 'Hangup'])
  await provider.document(asked.action(), { Digits: '2' })
  expect((await supervisor.send('GET', staff(caseId))).body).toMatchObject({ answer: { answer: 'return', by: 'payee' }, attempts: [{ number: 1 }] })
  // Whoever asks whether it is us who rings them is told the truth, as a payee too.
  await running.db.attempt.update({ where: { id: attemptId }, data: { status: 'ringing', passPhrase: 'green tea' } })
  expect((await app.send('GET', `/v1/payer/calls?${new URLSearchParams({ phone: '+8613800000002' }).toString()}`)).body).toMatchObject({ answer: expect.stringMatching(/calling_now|called_at/) })
  const person = await provider.document(voice.action(), { Digits: '0' })
  expect(person.verbs).toEqual(['Say', 'Dial'])
})

test('no document of a call to the payee names the payer, however it was dialled, nor does a machine hear of the transfer', async () => {
  const { caseId } = await open()
  const provider = createProvider(running)
  const heard: { path: string; text: string }[] = []
  const keys: Record<string, string>[] = [{}, { Digits: '1' }, { Digits: '0' }]
  for (const [index, mode] of ['automated', 'agent_first', 'customer_first'].entries()) {
    const id = `${caseId}.${index + 1}`
    await running.db.attempt.create({ data: { id, caseId, number: index + 1, phone: '+8613800000002', mode, reason: 'first', permission: 'within_hours', status: 'in_progress', callSid: `CA${String(index + 2).repeat(32)}` } })
    for (const path of ['voice', 'identified?turn=1', 'identified?turn=9', 'consent?turn=1', 'voicemail', 'apology'])
      for (const form of keys) heard.push({ path, text: (await provider.document(`/calls/${id}/${path}`, form)).text })
    // The questions of a callback are none of a payee's.
    expect((await provider.post(`/calls/${id}/answer?payment=transfer-1`, { Digits: '1' })).status).toBe(404)
  }
  for (const path of ['wait', 'hold', 'line-broken', 'patience']) heard.push({ path, text: (await provider.document(`/conferences/${caseId}/${path}`)).text })
  for (const { text } of heard) expect(text).not.toMatch(/李|li-transfer|wrong digit|13800000001/)
  for (const { path, text } of heard) if (path === 'voicemail' || path === 'apology') expect(text).not.toMatch(/Lopez|5,000|transfer/i)
})

test('the evidence package: records, contacts and hashes, and the payee only masked', async () => {
  const { caseId, transferId } = await open()
  for (const language of ['en', 'zh-CN']) {
    const response = await fetch(`${running.url}/v1/payer/transfer-help/${caseId}/evidence?language=${language}`, { headers: { authorization: 'Bearer rck_app' } })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const text = pdfText(Buffer.from(await response.arrayBuffer())).pages.join(' ')
    expect(text).toContain(transferId)
    expect(text).toContain(language === 'en' ? 'Going to the police' : '报警指引')
    expect(text).not.toMatch(/Lopez|13800000002/)
  }
  const made = await running.db.caseEvent.findMany({ where: { caseId, type: 'transfer_help_evidence_made' } })
  expect(made.map(({ data }) => (data as Json).sha256)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)])
  expect((await agent.send('GET', staff(caseId, '/evidence'))).status).toBe(403)
})
