import { MockActivityEnvironment } from '@temporalio/testing'
import { randomUUID } from 'node:crypto'
import { createRetentionActivities } from '../../activities/retention'
import type { RetentionCounts } from '../../records/retentionRuns'
import type { ActivityDependencies } from '../../activities/dependencies'
import { flaggedPaymentSchema } from '../../domain/flag'
import { recordFlag } from '../../records/flags'
import type { Browser } from '../api/browser'
import { flag, openCase } from '../api/flags'
import { startApi, type RunningApi } from '../api/startApi'

let running: RunningApi
let compliance: Browser
let refusing = false
const deletedAtProvider: string[] = []
const nothing: RetentionCounts = { recordings: 0, cases: 0, paymentChecks: 0, transferChecks: 0, failed: 0 }

beforeAll(async () => {
  running = await startApi()
  compliance = await running.as('compliance-one')
})
afterAll(() => running.stop())

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
const sid = (number: number) => `RE${String(number).padStart(32, '0')}`

/** A closed case with a recorded call, so old. */
async function oldCase(payerId: string, number: number, days: number) {
  const opened = await openCase(running.db, { payerId, paymentId: `pay-${payerId}` })
  const { caseId, paymentId } = opened
  const id = `${caseId}.1`
  await running.db.riskCase.update({ where: { id: caseId }, data: { status: 'closed', closedAt: daysAgo(days) } })
  await running.db.flaggedPayment.update({ where: { id: paymentId }, data: { decision: 'final', verdictNotes: 'Mr Li was at home' } })
  await running.db.attempt.create({ data: { id, caseId, number: 1, phone: '+8613800000001', mode: 'agent_first', status: 'ended', callSid: `CA${number}` } })
  await running.db.caseNote.create({ data: { caseId, agentId: 'agent-one', text: '李先生 is worried' } })
  await running.db.recording.create({
    data: { attemptId: id, caseId, callSid: `CA${number}`, recordingSid: sid(number), status: 'completed', askedAt: daysAgo(days), completedAt: daysAgo(days) },
  })
  await running.db.transcriptLine.create({ data: { transcriptionSid: `GT${number}`, sequence: 2, attemptId: id, speaker: 'payer', text: '我是李先生', at: daysAgo(days) } })
  return opened
}

async function enforce(): Promise<RetentionCounts> {
  const deps = {
    db: running.db,
    log: { info: () => undefined, warn: () => undefined },
    telephony: {
      async deleteRecording(recordingSid: string) {
        if (refusing) throw new Error('the provider is away')
        deletedAtProvider.push(recordingSid)
      },
    },
  } as unknown as ActivityDependencies
  const { beginRetention, enforceRetention, endRetention } = createRetentionActivities(deps)
  const runId = randomUUID()
  await beginRetention(runId)
  const portion = () => enforceRetention({ runId, passedOver: { recordings: 0, cases: 0 } })
  await new MockActivityEnvironment().run(portion)
  return endRetention(runId)
}

const outlook = async () => (await compliance.send('GET', '/v1/supervision/retention')).body
const stored = async (caseId: string) =>
  JSON.stringify([
    await running.db.riskCase.findUnique({ where: { id: caseId } }),
    await running.db.flaggedPayment.findMany({ where: { caseId }, omit: { amount: true } }),
    await running.db.attempt.findMany({ where: { caseId } }),
    await running.db.caseNote.findMany({ where: { caseId } }),
    await running.db.transcriptLine.findMany({ where: { recording: { caseId } } }),
    await running.db.caseLookup.findMany({ where: { caseId } }),
  ])
const personal = /李先生|13800000001|10000000831|Air tickets|203\.0\.113|was at home/

test('what is past retention is deleted and erased, a case under legal hold is left whole', async () => {
  const old = await oldCase('erased', 1, 2_000)
  const held = await oldCase('held', 2, 2_000)
  const recorded = await oldCase('recorded', 3, 200)
  const young = await oldCase('young', 4, 10)
  const hold = `/v1/supervision/cases/${held.caseId}/legal-hold`
  expect((await (await running.as('supervisor-one')).send('PUT', hold, { reason: 'police request' })).status).toBe(403)
  expect((await compliance.send('PUT', hold, { reason: 'police request 4711' })).status).toBe(204)
  expect((await compliance.send('PUT', hold, { reason: 'another' })).status).toBe(409)

  expect(await outlook()).toMatchObject({ recordings: { due: 2, held: 1 }, cases: { due: 1, held: 1 }, onHold: 1, days: { recordings: 180, personalData: 1_825 } })
  expect(await enforce()).toEqual({ ...nothing, recordings: 2, cases: 1 })
  expect(deletedAtProvider).toEqual([sid(1), sid(3)])
  expect(await stored(old.caseId)).not.toMatch(personal)
  expect(await running.db.transcriptLine.count({ where: { recording: { caseId: recorded.caseId } } })).toBe(0)
  for (const { caseId } of [held, recorded, young]) expect(await stored(caseId)).toMatch(personal)
  expect(await outlook()).toMatchObject({ recordings: { due: 0 }, cases: { due: 0 } })

  const [run] = (await outlook()).runs
  expect(run).toMatchObject({ recordings: 2, cases: 1, failed: 0, policyVersion: 1 })
  expect(await running.db.auditEntry.findFirst({ where: { action: 'retention_run' } })).toMatchObject({ data: { runId: run.runId, recordings: 2, cases: 1 } })

  const events = await running.db.caseEvent.findMany({ where: { caseId: old.caseId, actor: 'system:retention' }, orderBy: { id: 'asc' } })
  expect(events.map(({ type }) => type)).toEqual(['recording_deleted', 'data_erased'])
  expect((await compliance.send('GET', `/v1/supervision/cases/${old.caseId}`)).body.payer).toMatchObject({ id: 'erased', name: '', phones: [] })
  expect((await compliance.send('GET', `/v1/supervision/recordings/${sid(1)}/media`)).status).toBe(404)
  expect((await compliance.send('POST', '/v1/supervision/audit/verify')).body.ok).toBe(true)

  expect((await compliance.send('POST', `${hold}/lift`, { reason: 'proceedings are over' })).status).toBe(204)
  expect((await compliance.send('POST', `${hold}/lift`, { reason: 'again' })).status).toBe(409)
  expect(await enforce()).toMatchObject({ recordings: 1, cases: 1 })
  expect(await stored(held.caseId)).not.toMatch(personal)
  const holds = await running.db.auditEntry.findMany({ where: { subject: held.caseId, action: { startsWith: 'legal_hold' } }, orderBy: { seq: 'asc' } })
  expect(holds.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'legal_hold_set compliance:compliance-one',
    'legal_hold_lifted compliance:compliance-one',
  ])
})

test('the same flag of an erased case opens no new one', async () => {
  const first = flag({ payerId: 'again', paymentId: 'pay-again' })
  const parsed = flaggedPaymentSchema.parse(first)
  const { case: theCase } = await recordFlag(running.db, parsed, { callsPerSecond: 1 })
  await running.db.riskCase.update({ where: { id: theCase.id }, data: { status: 'closed', closedAt: daysAgo(2_000) } })
  expect(await enforce()).toMatchObject({ cases: 1 })
  expect((await recordFlag(running.db, parsed, { callsPerSecond: 1 })).case.id).toBe(theCase.id)
})

test('a recording that the provider does not delete now is deleted by a later run, and until then its case is whole', async () => {
  const { caseId } = await oldCase('later', 7, 2_000)
  refusing = true
  expect(await enforce()).toEqual({ ...nothing, failed: 1 })
  expect(await stored(caseId)).toMatch(personal)
  refusing = false
  expect(await enforce()).toMatchObject({ recordings: 1, cases: 1 })
})

test('what the kinds of cases keep of people is erased with their case: words, files, chats, events; what was decided stays', async () => {
  const { db } = running
  const { caseId, paymentId } = await oldCase('details', 11, 2_000)
  const words = '李先生 wrote of +8613800000001'
  const payee = { id: 'airline-77', name: 'Air tickets' }
  const amount = { amount: 758_700n, currency: 'CNY' }
  const clock = { openedAt: daysAgo(2_100), takeUpBy: daysAgo(2_090), decideBy: daysAgo(2_050), finalBy: daysAgo(2_040) }
  const facts = { paidAt: daysAgo(2_101).toISOString(), method: 'quick_payment', payee, device: { ip: '203.0.113.9' }, place: {} }
  await db.dispute.create({ data: { caseId, paymentId, reason: 'not_me', statement: words, facts, ...amount, profile: 'standard', openedBy: 'payer', decision: 'upheld', decisionReason: words, appealReason: words, ...clock } })
  await db.disputeTask.create({ data: { caseId, kind: 'statement', state: 'done', result: words } })
  await db.disputeFile.create({ data: { id: 'file-1', caseId, name: words, mediaType: 'text/plain', size: 3, sha256: 'a', content: Buffer.from(words), addedBy: 'payer' } })
  await db.payerMessage.create({ data: { caseId, step: 'decided', paymentId, facts: { reason: words, decision: 'upheld' } } })
  await db.caseMessage.create({ data: { caseId, author: 'payer', text: words } })
  const check = { caseId, checkId: 'check-1', paymentId: 'checked-1', bodyHash: '', payerId: 'details', payeeId: payee.id, ...amount, score: 1, reasons: [], decision: 'paused', phase: 'final', plan: 'call' }
  await db.paymentCheck.create({ data: { ...check, body: { payer: { name: '李先生' }, payee, risk: { payload: { words } } }, trustedName: '李先生', trustedPhone: '+8613800000001', outcomeNotes: words } })
  const help = { caseId, transferId: 'transfer-1', bodyHash: '', kind: 'wrong_transfer', reason: words, transferredAt: daysAgo(2_101), ...amount, payeeId: 'payee-1', openedBy: 'payer' }
  await db.transferHelp.create({ data: { ...help, payee: { id: 'payee-1', name: '李先生', phone: '+8613800000001', locale: 'zh-CN' }, answerReason: words, proposal: { words, amount: 1 } } })
  for (const status of ['delivered', 'dead'] as const) await db.outboundEvent.create({ data: { id: `event-${status}`, caseId, type: 'risk-callback.test', body: { words }, status } })

  expect(await enforce()).toMatchObject({ cases: 1 })
  const kept = {
    dispute: await db.dispute.findMany({ where: { caseId }, omit: { amount: true }, include: { tasks: true, files: true } }),
    told: await db.payerMessage.findMany({ where: { caseId } }),
    chat: await db.caseMessage.findMany({ where: { caseId } }),
    check: await db.paymentCheck.findMany({ where: { caseId }, omit: { amount: true } }),
    help: await db.transferHelp.findMany({ where: { caseId }, omit: { amount: true, answerAmount: true } }),
    events: await db.outboundEvent.findMany({ where: { caseId, type: 'risk-callback.test' }, omit: { position: true } }),
  }
  expect(JSON.stringify(kept)).not.toMatch(/李先生|13800000001|Air tickets|203\.0\.113|wrote of/)
  expect(kept).toMatchObject({
    dispute: [{ decision: 'upheld', facts: { payee: { id: payee.id } }, files: [] }],
    told: [{ facts: { reason: '', decision: 'upheld' } }],
    chat: [],
    check: [{ decision: 'paused', payeeId: payee.id }],
    help: [{ payee: { id: 'payee-1', locale: 'zh-CN' }, proposal: { amount: 1 } }],
    events: [{ id: 'event-delivered', body: {} }],
  })
})
