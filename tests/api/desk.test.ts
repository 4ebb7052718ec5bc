import jsonwebtoken from 'jsonwebtoken'
import type { Browser, Json } from './browser'
import { answerOffer } from '../../records/offers'
import { caseHeldBy, flag, offerTo, openCase, sendHome } from './flags'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let agent: Browser
const asked: string[] = []

beforeAll(async () => {
  running = await startApi({
    telephony: {
      async endCall(callSid) {
        asked.push(`end ${callSid}`)
        return { callSid, status: 'in-progress', answeredBy: null, createdAt: new Date(), queueMillis: 40 }
      },
      holdParticipant: async (conference, callSid, hold) => void asked.push(`${hold ? 'hold' : 'resume'} ${callSid} in ${conference}`),
    },
  })
  agent = await running.as('agent-one')
})
afterEach(() => sendHome(running.db))
afterAll(() => running.stop())

describe('the case in an agent’s hands', () => {
  it('comes with a script in the payer’s language, guidance, history and what each verdict does', async () => {
    const payerId = 'li-1001'
    const earlier = await openCase(running.db, { payerId })
    await running.db.riskCase.update({ where: { id: earlier.caseId }, data: { status: 'closed', outcome: 'confirmed', closedAt: new Date() } })
    const held = await caseHeldBy(running.db, 'agent-one', { payerId, paidAt: new Date(Date.now() - 5_000).toISOString() })
    const { status, body } = await agent.send('GET', `/v1/desk/cases/${held.caseId}`)
    expect(status).toBe(200)
    expect(body.script.language).toBe('zh-CN')
    expect(body.script.opening).toContain('李先生')
    expect(body.script.opening).not.toContain('7,587')
    expect(body.script.questions.join()).toMatch(/7,587\.00元/)
    expect(body.guidance).toEqual([expect.objectContaining({ id: 'digitalCertificate', title: '安装数字证书' })])
    expect(body.history).toEqual([expect.objectContaining({ caseId: earlier.caseId, outcome: 'confirmed' })])
    expect(body.notes).toBeNull()
    expect(body.verdictActions.not_owner).toEqual({ funds: 'freeze', restrictAccount: true })
  })

  it('keeps the agent’s notes', async () => {
    const { caseId } = await caseHeldBy(running.db, 'agent-one')
    for (const text of ['first', 'first, then <b>more</b> 谢谢']) expect((await agent.send('PUT', `/v1/desk/cases/${caseId}/notes`, { text })).status).toBe(204)
    expect((await agent.send('GET', `/v1/desk/cases/${caseId}`)).body.notes).toBe('first, then <b>more</b> 谢谢')
  })

  it('stays open to them in wrap-up, and is closed to them afterwards', async () => {
    const { caseId } = await caseHeldBy(running.db, 'agent-one')
    const wrapUp = { status: 'wrap_up', wrapUpUntil: new Date(Date.now() + 30_000) }
    await running.db.presence.update({ where: { userId: 'agent-one' }, data: wrapUp })
    expect((await agent.send('GET', `/v1/desk/cases/${caseId}`)).status).toBe(200)
    const { body } = await agent.send('PUT', '/v1/desk/presence', { status: 'available' })
    expect(body).toMatchObject({ status: 'available', caseId: null })
    expect((await agent.send('GET', `/v1/desk/cases/${caseId}`)).status).toBe(403)
    const had = await agent.send('GET', `/v1/cases/${caseId}`)
    expect(had.body.payer).toMatchObject({ name: '李**', phones: ['+86138****0001'] })
  })

  it('during a call, availability is what comes after it', async () => {
    const { caseId } = await caseHeldBy(running.db, 'agent-one')
    const { body } = await agent.send('PUT', '/v1/desk/presence', { status: 'break', reason: 'lunch' })
    expect(body).toMatchObject({ status: 'busy', next: 'break', caseId })
  })
})

describe('the call', () => {
  it('is hung up, held and resumed at the provider, and each is told on the timeline', async () => {
    const { caseId } = await caseHeldBy(running.db, 'agent-one')
    const path = `/v1/desk/cases/${caseId}`
    expect((await agent.send('POST', `${path}/hang-up`)).status).toBe(409)
    await running.db.attempt.create({
      data: { id: `${caseId}.1`, caseId, number: 1, phone: '+8613800000001', mode: 'agent_first', status: 'in_progress', callSid: `CA-${caseId}` },
    })
    expect((await agent.send('POST', `${path}/hold`, { hold: true })).status).toBe(204)
    expect((await agent.send('POST', `${path}/hold`, { hold: false })).status).toBe(204)
    expect((await agent.send('POST', `${path}/hang-up`)).status).toBe(204)
    expect(await running.db.attempt.findFirst({ where: { caseId } })).toMatchObject({ queueMillis: 40 })
    expect(asked).toEqual([`hold CA-${caseId} in ${caseId}`, `resume CA-${caseId} in ${caseId}`, `end CA-${caseId}`])
    const { body } = await running.riskEngine().send('GET', `/v1/cases/${caseId}/timeline`)
    expect(body.events.slice(-3).map(({ type, actor }: Json) => `${type} by ${actor}`)).toEqual([
      'payer_held by agent:agent-one',
      'payer_resumed by agent:agent-one',
      'agent_hung_up by agent:agent-one',
    ])
    expect(body.people['agent-one']).toBe('agent-one')
  })
})

describe('verdicts', () => {
  const verdict = (paymentId: string) => ({ verdicts: [{ paymentId, verdict: 'owner_confirmed' }] })

  it('on a decided payment are a conflict, also for the agent who had the case', async () => {
    const { caseId, paymentId } = await caseHeldBy(running.db, 'agent-one')
    await running.db.flaggedPayment.update({ where: { id: paymentId }, data: { decision: 'final', verdict: 'owner_confirmed' } })
    expect((await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, verdict(paymentId))).status).toBe(409)
    await sendHome(running.db)
    expect((await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, verdict(paymentId))).status).toBe(409)
  })

  it('on a case whose workflow is over are a conflict, not a fault of ours', async () => {
    const { caseId, paymentId } = await caseHeldBy(running.db, 'agent-one')
    const { status, body } = await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, verdict(paymentId))
    expect([status, body.detail]).toEqual([409, 'This case is closed.'])
  })

  it('are refused once the case has left the agent’s hands', async () => {
    const { caseId, paymentId } = await caseHeldBy(running.db, 'agent-one')
    await sendHome(running.db)
    expect((await agent.send('POST', `/v1/desk/cases/${caseId}/verdicts`, verdict(paymentId))).status).toBe(403)
  })
})

it('the softphone gets a token for this agent and our application, for an hour', async () => {
  const { body } = await agent.send('GET', '/v1/desk/softphone')
  const { telephony } = running.configuration
  expect(body).toMatchObject({ provider: 'local', url: telephony.softphoneUrl })
  const token = jsonwebtoken.verify(body.token, telephony.apiKeySecret, { complete: true })
  expect(token.header).toMatchObject({ cty: 'twilio-fpa;v=1', alg: 'HS256' })
  expect(token.payload).toMatchObject({
    iss: telephony.apiKeySid,
    sub: telephony.accountSid,
    grants: { identity: 'agent-one', voice: { outgoing: { application_sid: telephony.twimlAppSid } } },
  })
  expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000)
})

describe('an appointment', () => {
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const flagged = async () => {
    const { body } = await running.riskEngine().send('POST', '/v1/flagged-payments', flag())
    return { caseId: body.caseId as string, policyVersion: 1 }
  }

  it('is noted with who agreed to it, and shown with the case', async () => {
    const theCase = await flagged()
    const offerId = await offerTo(running.db, 'agent-one', theCase)
    await answerOffer(running.db, { offerId, agentId: 'agent-one', accepted: true })
    const at = inHours(2)
    const { status, body } = await agent.send('PUT', `/v1/desk/cases/${theCase.caseId}/appointment`, { at })
    expect([status, body]).toEqual([200, { caseId: theCase.caseId, at }])
    expect((await agent.send('GET', `/v1/desk/cases/${theCase.caseId}`)).body.appointmentAt).toBe(at)
    const event = await running.db.caseEvent.findFirst({ where: { caseId: theCase.caseId, type: 'appointment_made' } })
    expect(event).toMatchObject({ actor: 'agent:agent-one', data: { at } })
  })

  it.each([
    ['in the past', -1],
    ['after the hold runs out', 24],
  ])('%s is refused, naming the field', async (_what, hours) => {
    const { caseId } = await caseHeldBy(running.db, 'agent-one')
    const { status, body } = await agent.send('PUT', `/v1/desk/cases/${caseId}/appointment`, { at: inHours(hours) })
    expect([status, body.errors?.[0].field]).toEqual([422, 'at'])
  })

  it('is for whoever has the case', async () => {
    const { caseId } = await openCase(running.db)
    expect((await agent.send('PUT', `/v1/desk/cases/${caseId}/appointment`, { at: inHours(1) })).status).toBe(403)
  })
})
