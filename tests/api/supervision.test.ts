import { appendEvents } from '../../records/timeline'
import { transact } from '../../records/database'
import type { Browser, Json } from './browser'
import { caseHeldBy, flag, openCase, sendHome } from './flags'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let supervisor: Browser
let compliance: Browser

beforeAll(async () => {
  running = await startApi()
  supervisor = await running.as('supervisor-one')
  compliance = await running.as('compliance-one')
})
afterAll(() => running.stop())

describe('a payer’s name and number', () => {
  let opened: Awaited<ReturnType<typeof openCase>>
  beforeAll(async () => {
    opened = await caseHeldBy(running.db, 'agent-three')
    await sendHome(running.db)
  })

  it('are masked in lists and exports for staff', async () => {
    for (const path of [`/v1/cases?payerId=${opened.payerId}`, `/v1/supervision/histories?payerId=${opened.payerId}`]) {
      const { body } = await supervisor.send('GET', path)
      expect(body.cases).toHaveLength(1)
      expect(body.cases[0].payer.name).toBe('李**')
    }
    for (const format of ['csv', 'json']) {
      const { body } = await supervisor.send('GET', `/v1/supervision/histories/export?format=${format}`)
      expect(JSON.stringify(body)).toContain('李**')
      expect(JSON.stringify(body)).not.toMatch(/李先生|13800000001/)
    }
  })

  it('are whole for the risk engine, who sent them', async () => {
    const { body } = await running.riskEngine().send('GET', `/v1/cases/${opened.caseId}`)
    expect(body.payer).toMatchObject({ name: '李先生', phones: ['+8613800000001'] })
    expect(body.payments[0].risk.device).toEqual({ ip: '203.0.113.9' })
    expect((await running.riskEngine().send('GET', `/v1/cases?payerId=${opened.payerId}`)).body.cases[0].payer.name).toBe('李先生')
    expect(await reads(opened.caseId)).toEqual([])
  })

  it('are whole for supervisors in a case, and each reading is on its timeline and in the audit log', async () => {
    for (let n = 0; n < 3; n++) {
      const { body } = await supervisor.send('GET', `/v1/supervision/cases/${opened.caseId}`)
      expect(body.payer).toMatchObject({ name: '李先生', phones: ['+8613800000001'] })
    }
    await compliance.send('GET', `/v1/cases/${opened.caseId}`)
    expect(await reads(opened.caseId)).toEqual(['supervisor:supervisor-one', 'compliance:compliance-one'])
    const { body } = await supervisor.send('GET', `/v1/supervision/audit?subject=${opened.caseId}&action=case_read`)
    expect(body.entries.map(({ actor }: Json) => actor)).toEqual(['compliance:compliance-one', 'supervisor:supervisor-one'])
  })

  it('are masked, and payloads gone, for an agent who had the case', async () => {
    const agent = await running.as('agent-three')
    const { status, body } = await agent.send('GET', `/v1/cases/${opened.caseId}`)
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toMatch(/李先生|13800000001|Air tickets|203\.0\.113/)
    expect(body.payer).toMatchObject({ name: '李**', phones: ['+86138****0001'] })
  })

  async function reads(caseId: string): Promise<string[]> {
    const { body } = await running.riskEngine().send('GET', `/v1/cases/${caseId}/timeline`)
    return body.events.filter(({ type }: Json) => type === 'case_read').map(({ actor }: Json) => actor)
  }
})

describe('call histories', () => {
  const payerId = 'history-payer'
  let ids: string[] = []

  beforeAll(async () => {
    const outcomes = ['confirmed', 'denied', 'scam', 'unreachable', 'mixed']
    for (const [index, outcome] of outcomes.entries()) {
      const { caseId, paymentId } = await openCase(running.db, {
        payerId,
        amount: { amount: (index + 1) * 100_000, currency: 'CNY' },
        payer: { ...flag().payer, id: payerId, name: index === 2 ? 'Maria Lopez' : '王小姐', phones: [`+861390000100${index}`] },
      })
      const openedAt = new Date(Date.UTC(2026, 0, 10 + index))
      await running.db.riskCase.update({
        where: { id: caseId },
        data: { status: 'closed', outcome, openedAt, closedAt: openedAt, agentId: index < 2 ? 'agent-one' : 'agent-two' },
      })
      await running.db.flaggedPayment.update({
        where: { id: paymentId },
        data: { verdict: outcome === 'scam' ? 'scam' : 'owner_confirmed', decision: 'final' },
      })
      await running.db.attempt.create({
        data: { id: `${caseId}.1`, caseId, number: 1, phone: `+861390000100${index}`, mode: 'agent_first', status: 'ended', outcome: 'contact' },
      })
      ids.unshift(caseId)
    }
  })

  const find = async (query: string) =>
    (await supervisor.send('GET', `/v1/supervision/histories?payerId=${payerId}&${query}`)).body.cases.map(({ caseId }: Json) => ids.indexOf(caseId))

  it.each([
    ['', [0, 1, 2, 3, 4]],
    ['outcome=scam', [2]],
    ['outcome=scam,denied', [2, 3]],
    ['outcome=scam&outcome=denied', [2, 3]],
    ['verdict=scam', [2]],
    ['agentId=agent-one', [3, 4]],
    ['phone=%2B8613900001004', [0]],
    ['phone=1004', [0]],
    ['phone=139%200000-1004', [0]],
    ['phone=0%20139%200000%201003', [1]],
    ['maxAmount=200000', [3, 4]],
    ['minAmount=200000&maxAmount=300000', [2, 3]],
    ['kind=callback&q=lop%20mar', [2]],
    ['kind=dispute', []],
    ['withinDays=1', []],
    ['q=%E5%B0%8F%E5%A7%90', [0, 1, 3, 4]],
    ['q=%25', []],
    ['minAmount=400000', [0, 1]],
    ['from=2026-01-12T00:00:00Z&to=2026-01-14T00:00:00Z', [1, 2]],
    ['q=maria', [2]],
    ['q=%E7%8E%8B', [0, 1, 3, 4]],
    ['status=received', []],
  ])('are found by %s', async (query, expected) => {
    expect(await find(query)).toEqual(expected)
  })

  it('come in pages that new cases do not shift', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body }: Json = await supervisor.send('GET', `/v1/supervision/histories?payerId=${payerId}&limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      if (seen.length === 0) await openCase(running.db)
      seen.push(...body.cases.map(({ caseId }: Json) => caseId))
      cursor = body.nextCursor
    }
    expect(seen).toEqual(ids)
  })

  it('tell of each case what a list needs', async () => {
    const { body } = await supervisor.send('GET', `/v1/supervision/histories?payerId=${payerId}&outcome=scam`)
    expect(body.cases[0]).toMatchObject({
      agentId: 'agent-two',
      agentName: 'agent-two',
      attempts: 1,
      lastAttempt: { number: 1, outcome: 'contact' },
      verdicts: ['scam'],
      amounts: [{ amount: 300_000, currency: 'CNY' }],
      payer: { name: 'M**** L****' },
    })
  })

  it('are exported whole, as CSV that no spreadsheet takes for formulas, and the export is noted', async () => {
    await openCase(running.db, { payerId: 'csv-payer', payer: { ...flag().payer, id: 'csv-payer', name: '=HYPERLINK("x")' } })
    const { body, headers } = await supervisor.send('GET', '/v1/supervision/histories/export?format=csv')
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="?call-histories-\d{4}-\d\d-\d\d\.csv"?$/)
    const lines = String(body)
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n')
    expect(lines[0]).toMatch(/^caseId,kind,openedAt,/)
    expect(lines).toHaveLength(1 + (await running.db.riskCase.count()))
    expect(body).toContain(",'=****,")
    const { body: list } = await supervisor.send('GET', `/v1/supervision/histories/export?format=json&payerId=${payerId}`)
    expect(list.map(({ caseId }: Json) => caseId)).toEqual(ids)
    const entries = await running.db.auditEntry.findMany({ where: { action: 'histories_exported' }, orderBy: { seq: 'asc' } })
    expect(entries.at(-1)).toMatchObject({ actor: 'supervisor:supervisor-one', data: { format: 'json', filter: { payerId } } })
  })
})

describe('the wallboard', () => {
  it('counts what is going on, and tells each change within a second or two', async () => {
    const events = await supervisor.events('/v1/supervision/events')
    const before = await events.next('wallboard')
    const { caseId } = await caseHeldBy(running.db, 'agent-one')
    const after = await events.next('wallboard', ({ agents }) => agents.some((agent: Json) => agent.caseId === caseId && agent.status === 'busy'))
    expect(after.openCases).toBe(before.openCases + 1)
    expect(after.agents.find(({ id }: Json) => id === 'agent-one')).toMatchObject({ name: 'agent-one' })
    expect(after.cases.find((one: Json) => one.caseId === caseId)).toMatchObject({ status: 'received', agent: { id: 'agent-one', name: 'agent-one' } })
    events.close()
    await sendHome(running.db)
  })

  it('judges the promise when the phone rings or the deadline passes', async () => {
    const now = Date.now()
    const { body: before } = await supervisor.send('GET', '/v1/supervision/wallboard')
    const kept = await openCase(running.db)
    await running.db.flaggedPayment.update({ where: { id: kept.paymentId }, data: { rangAt: new Date(now) } })
    const broken = await openCase(running.db)
    await running.db.flaggedPayment.update({ where: { id: broken.paymentId }, data: { deadline: new Date(now - 1_000), breachStep: 'dial_queue' } })
    await transact(running.db, (tx) =>
      appendEvents(tx, broken.caseId, [{ type: 'promise_broken', actor: 'system:promise', data: { paymentId: broken.paymentId, step: 'dial_queue' } }]),
    )
    const { body: after } = await supervisor.send('GET', '/v1/supervision/wallboard')
    for (const period of ['today', 'lastHour']) {
      const [was, is] = [before.promise[period], after.promise[period]]
      expect([is.kept - was.kept, is.broken - was.broken]).toEqual([1, 1])
      expect(is.percent).toBeCloseTo((100 * is.kept) / (is.kept + is.broken), 0)
    }
    expect(after.alerts[0]).toMatchObject({ kind: 'promise_broken', caseId: broken.caseId, paymentId: broken.paymentId, step: 'dial_queue' })
    const judged = (hours: { kept: number; broken: number }[]) => hours.reduce((sum, { kept: one, broken: other }) => sum + one + other, 0)
    expect(after.promise.byHour).toHaveLength(12)
    expect(judged(after.promise.byHour) - judged(before.promise.byHour)).toBe(2)
  })

  it('shows an agent whose browser died as gone', async () => {
    await running.db.presence.upsert({
      where: { userId: 'agent-two' },
      create: { userId: 'agent-two', status: 'available', leaseUntil: new Date(Date.now() - 1) },
      update: { status: 'available', leaseUntil: new Date(Date.now() - 1) },
    })
    const { body } = await supervisor.send('GET', '/v1/supervision/wallboard')
    expect(body.agents.find(({ id }: Json) => id === 'agent-two').status).toBe('offline')
  })

  it('names what needs attention', async () => {
    const { caseId, paymentId } = await openCase(running.db)
    await running.db.riskCase.update({ where: { id: caseId }, data: { needsAttention: { reason: 'ledger_refused', kind: 'release', paymentId, said: 'account closed' } } })
    await running.db.flaggedPayment.update({ where: { id: paymentId }, data: { flaggedAt: new Date(Date.now() - 60_000) } })
    const { body } = await supervisor.send('GET', '/v1/supervision/wallboard')
    const kinds = body.alerts.filter((alert: Json) => alert.caseId === caseId).map(({ kind }: Json) => kind)
    expect(kinds.sort()).toEqual(['needs_attention', 'not_handed_over'])
    expect(body.needsAttention).toBeGreaterThan(0)
  })
})

describe('the audit log', () => {
  it('comes in pages, newest first', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null && pages < 3; pages++) {
      const { body }: Json = await compliance.send('GET', `/v1/supervision/audit?limit=5${cursor ? `&cursor=${cursor}` : ''}`)
      seen.push(...body.entries.map(({ at, lane, seq }: Json) => `${at} ${lane} ${seq}`))
      cursor = body.nextCursor
    }
    expect(new Set(seen).size).toBe(15)
    const times = seen.map((one) => one.slice(0, 24))
    expect(times).toEqual([...times].sort().reverse())
  })

  it('is verified as a whole, and an altered, missing or cut-off entry is named', async () => {
    const verify = async () => (await compliance.send('POST', '/v1/supervision/audit/verify')).body
    const whole = await verify()
    expect(whole).toMatchObject({ ok: true, lanes: 16 })
    expect(whole.entries).toBeGreaterThan(20)

    const [victim] = await running.db.auditEntry.findMany({ where: { seq: 2n }, take: 1 })
    const { lane } = victim!
    const tamper = async (statement: string) => {
      await running.pool.query('ALTER TABLE audit_entry DISABLE TRIGGER append_only')
      await running.pool.query(statement)
      await running.pool.query('ALTER TABLE audit_entry ENABLE TRIGGER append_only')
    }
    await tamper(`UPDATE audit_entry SET actor = 'nobody' WHERE lane = ${lane} AND seq = 2`)
    expect(await verify()).toMatchObject({ ok: false, firstFault: { lane, seq: '2', reason: 'altered' } })
    await tamper(`DELETE FROM audit_entry WHERE lane = ${lane} AND seq = 1`)
    expect(await verify()).toMatchObject({ ok: false, firstFault: { lane, seq: '1', reason: 'missing' } })
    await tamper(`DELETE FROM audit_entry WHERE lane = ${lane}`)
    expect(await verify()).toMatchObject({ ok: false, firstFault: { lane, seq: '1', reason: 'cut_off' } })
  })

  it('refuses to be changed', async () => {
    await expect(running.pool.query(`UPDATE audit_entry SET actor = 'nobody'`)).rejects.toThrow('append-only')
    await expect(running.pool.query('DELETE FROM audit_entry')).rejects.toThrow('append-only')
    await expect(running.pool.query('TRUNCATE audit_entry')).rejects.toThrow('append-only')
    await expect(running.pool.query('DELETE FROM case_event')).rejects.toThrow('append-only')
  })
})
