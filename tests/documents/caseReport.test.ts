import { createHash } from 'node:crypto'
import { appendEvents } from '../../records/timeline'
import { inTransaction } from '../../records/database'
import type { Browser } from '../api/browser'
import { openCase } from '../api/flags'
import { startApi, type RunningApi } from '../api/startApi'
import { pdfText } from './pdfText'

let running: RunningApi
let compliance: Browser
let caseId: string
let paymentId: string

beforeAll(async () => {
  running = await startApi()
  compliance = await running.as('compliance-one')
  ;({ caseId, paymentId } = await openCase(running.db))
  const at = new Date('2026-11-22T01:08:00.123Z')
  await running.db.attempt.create({
    data: {
      id: `${caseId}.1`,
      caseId,
      number: 1,
      phone: '+8613800000001',
      mode: 'agent_first',
      status: 'ended',
      outcome: 'contact',
      agentId: 'agent-one',
      rangAt: at,
    },
  })
  await running.db.moneyAction.create({
    data: {
      key: `release:${paymentId}`,
      caseId,
      paymentId,
      kind: 'release',
      status: 'confirmed',
      reason: 'verdict',
      actor: 'agent:agent-one',
      confirmedAt: at,
      ledgerEntry: 'entry-4711',
    },
  })
  await running.db.flaggedPayment.update({
    where: { id: paymentId },
    data: { verdict: 'owner_confirmed', verdictBy: 'agent-one', verdictNotes: '本人确认', verdictAt: at },
  })
  await inTransaction(running.db, (tx) => appendEvents(tx, caseId, [{ type: 'call_ringing', actor: 'provider', data: { attemptId: `${caseId}.1` } }]))
})
afterAll(() => running.stop())

test('the report has the facts, the ledger’s entry, both clocks and the ends of the hash chain, and leaves its own hash behind', async () => {
  const { status, headers, file } = await compliance.download(`/v1/supervision/cases/${caseId}/report?language=zh-CN&timeZone=Asia/Shanghai`)
  expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const text = pdfText(file).pages.join('\n').replaceAll(/\s+/g, '')
  const rows = await running.db.auditEntry.findMany({ where: { subject: caseId }, orderBy: { seq: 'asc' } })
  const before = rows.filter(({ action }) => action !== 'report_made')
  const hashes = [before[0], before.at(-1)].map((row) => Buffer.from(row!.hash).toString('hex'))
  const expected = [
    caseId,
    paymentId,
    '李**',
    '+86138****0001',
    'CNY7,587.00',
    '是本人支付',
    '本人确认',
    'entry-4711',
    '付款人的电话响铃（第1次呼叫）。',
    ...hashes,
  ]
  expect(expected.filter((words) => !text.includes(words.replaceAll(' ', '')))).toEqual([])
  const ringing = await running.db.caseEvent.findFirstOrThrow({ where: { caseId, type: 'call_ringing' } })
  const utc = ringing.at.toISOString().replace('T', '').replace('Z', '')
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }).format(ringing.at).replace(' ', '')
  expect(text).toContain(utc + local)
  expect(text).not.toContain('李先生')
  const sha256 = createHash('sha256').update(file).digest('hex')
  expect(rows.at(-1)).toMatchObject({ actor: 'compliance:compliance-one', action: 'report_made', data: { language: 'zh-CN', personalData: 'masked', sha256 } })
})

test('in English, with names in full where that is asked for', async () => {
  const { file } = await compliance.download(`/v1/supervision/cases/${caseId}/report?personalData=full`)
  const text = pdfText(file).pages.join(' ').replaceAll(/\s+/g, ' ')
  const expected = ['Case report', '李先生', '+8613800000001', 'It was the payer', 'The payer’s phone rang (call 1).', 'Telephone provider']
  expect(expected.filter((words) => !text.includes(words))).toEqual([])
})

test('is for supervisors and compliance, and refuses a time zone that there is not', async () => {
  const agent = await running.as('agent-one')
  const address = `/v1/supervision/cases/${caseId}/report`
  expect((await agent.send('GET', address)).status).toBe(403)
  expect((await compliance.send('GET', `${address}?timeZone=Mars/Olympus`)).body).toMatchObject({ status: 422, errors: [{ field: 'timeZone' }] })
  expect((await compliance.send('GET', '/v1/supervision/cases/none/report')).status).toBe(404)
})
