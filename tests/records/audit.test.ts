import { Client } from 'pg'
import fc from 'fast-check'
import { verifyAuditChain } from '../../records/auditChain'
import { appendEvents, moveCase } from '../../records/timeline'
import { transact } from '../../records/database'
import { caseStatuses, canMove, type CaseStatus } from '../../domain/status'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
beforeEach(async () => void (database = await startDatabase()))
afterEach(() => database.stop())

async function someCases(count: number): Promise<string[]> {
  const ids = []
  for (let n = 0; n < count; n++) ids.push((await openCase(database.db)).caseId)
  return ids
}

/** What nobody in service may do: the superuser, with the triggers switched off. */
async function tamper(statement: string): Promise<void> {
  const superuser = new Client({ connectionString: database.url })
  await superuser.connect()
  try {
    await superuser.query(`SET session_replication_role = replica; ${statement}`)
  } finally {
    await superuser.end()
  }
}

test('an untouched log is found whole', async () => {
  await someCases(30)
  const entries = await database.db.auditEntry.count()
  expect(entries).toBeGreaterThanOrEqual(30)
  expect(await verifyAuditChain(database.db)).toEqual({ ok: true, entries, lanes: 16 })
})

test('an empty log is found whole', async () => {
  expect(await verifyAuditChain(database.db)).toEqual({ ok: true, entries: 0, lanes: 16 })
})

test('text of every kind is hashed as it is stored', async () => {
  const [caseId] = await someCases(1)
  const odd = { name: '李先生 👨‍👩‍👧', quotes: `"'\\`, lines: 'a\nb\t\u001f', number: 1e21, small: 1e-7, nested: { z: 1, a: [null, true] } }
  await transact(database.db, (tx) => appendEvents(tx, caseId!, [{ type: 'odd', actor: 'system:test', data: odd }]))
  expect(await verifyAuditChain(database.db)).toMatchObject({ ok: true })
})

test('written at once by many, it is one chain per lane', async () => {
  const [a, b] = await someCases(2)
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      transact(database.db, (tx) => appendEvents(tx, [a!, b!][n % 2]!, [{ type: 'noise', actor: 'system:test', data: { n } }])),
    ),
  )
  expect(await verifyAuditChain(database.db)).toMatchObject({ ok: true })
})

describe('tampering is found', () => {
  const victim = `(SELECT lane, seq FROM audit_entry ORDER BY lane, seq LIMIT 1)`
  test.each([
    ['the data of an entry', `UPDATE audit_entry SET data = '{"paymentId": "another"}' WHERE (lane, seq) IN ${victim}`],
    ['its actor', `UPDATE audit_entry SET actor = 'agent:innocent' WHERE (lane, seq) IN ${victim}`],
    ['its action', `UPDATE audit_entry SET action = 'nothing_happened' WHERE (lane, seq) IN ${victim}`],
    ['its subject', `UPDATE audit_entry SET subject = 'case_other' WHERE (lane, seq) IN ${victim}`],
    ['its time', `UPDATE audit_entry SET at = at - interval '1 day' WHERE (lane, seq) IN ${victim}`],
    ['its hash', `UPDATE audit_entry SET hash = sha256('x') WHERE (lane, seq) IN ${victim}`],
    ['its previous hash', `UPDATE audit_entry SET prev_hash = sha256('x') WHERE (lane, seq) IN ${victim}`],
    ['an entry taken out', `DELETE FROM audit_entry WHERE (lane, seq) IN ${victim}`],
    ['the last entry cut off', `DELETE FROM audit_entry WHERE (lane, seq) IN (SELECT lane, max(seq) FROM audit_entry GROUP BY lane LIMIT 1)`],
    ['a whole lane', `DELETE FROM audit_entry WHERE lane = (SELECT min(lane) FROM audit_entry)`],
    ['a head', `UPDATE audit_head SET hash = sha256('x') WHERE lane = 3`],
    ['a head taken out', `DELETE FROM audit_head WHERE lane = 3`],
    [
      'an entry put in after the head',
      `INSERT INTO audit_entry SELECT lane, seq + 1, at, actor, 'forged', subject, data, hash, sha256('x') FROM audit_entry WHERE (lane, seq) IN (SELECT lane, max(seq) FROM audit_entry GROUP BY lane LIMIT 1)`,
    ],
    ['an entry moved to another lane', `UPDATE audit_entry SET lane = (lane + 1) % 16, seq = 1000 + seq WHERE (lane, seq) IN ${victim}`],
  ])('%s', async (_, statement) => {
    await someCases(8)
    await tamper(statement)
    const found = await verifyAuditChain(database.db)
    expect(found).toMatchObject({ ok: false, firstFault: { lane: expect.any(Number), seq: expect.any(String), reason: expect.any(String) } })
  })

  test('an entry rewritten together with its own hash', async () => {
    await someCases(20)
    await tamper(`
      UPDATE audit_entry SET actor = 'agent:innocent', hash = sha256(prev_hash || convert_to(concat_ws(E'\\x1f', lane, seq,
        to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'agent:innocent', action, subject, data::text), 'UTF8'))
      WHERE (lane, seq) IN (SELECT lane, min(seq) FROM audit_entry GROUP BY lane HAVING count(*) > 1 LIMIT 1)`)
    expect(await verifyAuditChain(database.db)).toMatchObject({ ok: false })
  })
})

test('nobody in service changes or deletes an entry, an event of a case, or empties the log', async () => {
  await someCases(1)
  for (const table of ['audit_entry', 'case_event']) {
    await expect(database.pool.query(`UPDATE ${table} SET actor = 'x'`)).rejects.toThrow('append-only')
    await expect(database.pool.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only')
    await expect(database.pool.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('append-only')
  }
})

test('progress is told while it reads', async () => {
  await someCases(5)
  const told: number[] = []
  const { entries } = await verifyAuditChain(database.db, { onProgress: (checked) => told.push(checked) })
  expect(told.at(-1)).toBe(entries)
})

test('every status move has its event and its audit row, with the actor, the old and the new value', async () => {
  const [caseId] = await someCases(1)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...caseStatuses.filter((status) => status !== 'closed')), { minLength: 4, maxLength: 6 }), async (walk) => {
      for (const to of walk) {
        const { status } = await database.db.riskCase.findUniqueOrThrow({ where: { id: caseId! } })
        const moved = await transact(database.db, (tx) => moveCase(tx, caseId!, to, 'system:test'))
        expect(moved).toBe(canMove(status as CaseStatus, to))
      }
    }),
    { numRuns: 8 },
  )
  const events = await database.db.caseEvent.findMany({ where: { caseId: caseId!, type: 'status_changed' }, orderBy: { id: 'asc' } })
  const audited = await database.db.auditEntry.findMany({ where: { subject: caseId!, action: 'status_changed' }, orderBy: { seq: 'asc' } })
  expect(events.length).toBeGreaterThan(5)
  expect(audited.map(({ actor, data }) => ({ actor, data }))).toEqual(events.map(({ actor, data }) => ({ actor, data })))
  let status = 'received'
  for (const { data } of events) {
    const { from, to } = data as { from: string; to: string }
    expect(from).toBe(status)
    status = to
  }
  expect(await database.db.riskCase.findUnique({ where: { id: caseId! } })).toMatchObject({ status })
})
