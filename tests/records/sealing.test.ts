import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createDatabase } from '../../configuration/database'
import type { PayloadKey } from '../../configuration/payloadKeys'
import { sealed } from '../../configuration/vault'
import { disclosureRequestSchema } from '../../domain/disclosure/request'
import { disputeRequestSchema } from '../../domain/dispute/request'
import { paymentCheckSchema } from '../../domain/reminder/body'
import { transferHelpRequestSchema } from '../../domain/transferHelp/request'
import { requestApproval } from '../../records/approvals'
import { saveNote } from '../../records/caseNotes'
import { inTransaction, sqlOf, type Database } from '../../records/database'
import { attachDocument, createDisclosure } from '../../records/disclosures/disclosures'
import { storePackage } from '../../records/disclosures/package'
import { addFile, readFile } from '../../records/disputes/files'
import { openDispute } from '../../records/disputes/openDispute'
import { recordAppeal, recordDisputeDecision, recordTask, takeUp } from '../../records/disputes/progress'
import { rotateKeys } from '../../records/keyRotation'
import { recordDecision } from '../../records/money'
import { readMessages, writeMessage } from '../../records/reminder/chat'
import { recordCheck } from '../../records/reminder/checks'
import { recordTalk } from '../../records/reminder/progress'
import { sealedColumns } from '../../records/sealedColumns'
import { readTranscript, recordSpoken } from '../../records/transcripts'
import { propose } from '../../records/transferHelp/mediation'
import { openHelp } from '../../records/transferHelp/openHelp'
import { takeAnswer } from '../../records/transferHelp/progress'
import { problemOf } from '../../api/failure'
import { readCase } from '../../api/views/case'
import { flag, openCase } from '../api/flags'
import { sealingKeys, startDatabase, type TestDatabase } from '../support/database'

let database: TestDatabase
let db: Database
/** Sees what lies in the tables, as somebody does who has the database and not the keys. */
let thief: pg.Client
let caseId: string

/** In everything that people say, write or attach here. */
const secret = 'magnolia'
const words = `${secret}, said the "payer" — 木兰`
const newKey: PayloadKey = { id: 'next.2', key: Buffer.alloc(32, 2) }

beforeAll(async () => {
  database = await startDatabase()
  db = database.db
  thief = new pg.Client({ connectionString: database.url })
  await thief.connect()
  caseId = await liveThrough()
})
afterAll(async () => {
  await thief.end()
  await database.stop()
})

/** Writes each of the sealed columns in the way of the product. @returns the case of the flagged payment */
async function liveThrough(): Promise<string> {
  const risk = { score: 82, rules: [], device: { model: secret }, place: { city: secret }, payload: { note: words, list: [1, secret] } }
  const { caseId: callback, paymentId } = await openCase(db, { payerId: 'li', paymentId: 'flagged', risk })
  const reason = words
  await inTransaction(db, (tx) => recordDecision(tx, callback, paymentId, { by: 'verdict', actor: 'agent:one', verdict: { paymentId, verdict: 'unsure', notes: words } as never }))
  await saveNote(db, callback, 'one', words)
  const attempt = { id: `${callback}.1`, caseId: callback, number: 1, phone: '+8613800000001', mode: 'agent_first' }
  await db.attempt.create({ data: attempt })
  await db.recording.create({ data: { attemptId: attempt.id, caseId: callback, callSid: 'CA1' } })
  await recordSpoken(db, attempt.id, { transcriptionSid: 'GT1', sequence: 1, speaker: 'payer', text: words, confidence: 0.9, at: new Date() })
  const approval = { requestKey: 'a', caseId: callback, kind: 'unfreeze', subject: paymentId, reason, requestedBy: 'agent:one', expiresAt: new Date().toISOString(), workflowId: 'w' } as const
  await inTransaction(db, (tx) => requestApproval(tx, approval))
  await sqlOf(db).$executeRaw`INSERT INTO warm_transfer (id, case_id, from_agent_id, note) VALUES ('t', ${callback}, 'one', ${sealed(words)})`

  const { payer, payee, amount } = flag({ payerId: 'li' })
  await recordCheck(db, paymentCheckSchema.parse({ paymentId: 'asked', amount, method: 'quick_payment', payer, payee, risk }))
  const { caseId: paused } = await db.paymentCheck.findUniqueOrThrow({ where: { paymentId: 'asked' } })
  await writeMessage(db, paused!, 'payer', words)
  await recordTalk(db, paused!, { agentId: 'one', outcome: 'trusted_contact', notes: words, trustedContact: { name: secret, phone: '+8613900000009' } })

  const { caseId: disputed } = await openDispute(db, disputeRequestSchema.parse({ paymentId, reason: 'not_me', statement: words }), 'payer')
  await takeUp(db, disputed, { id: 'one', actor: 'agent:one' })
  await recordTask(db, disputed, 'agent:one', { kind: 'device', state: 'done', finding: 'neutral', result: words })
  await addFile(db, disputed, 'payer', { name: `${secret}.txt`, mediaType: 'text/plain', content: Buffer.from(words) })
  await recordDisputeDecision(db, disputed, { decision: 'rejected', reason, by: 'compliance:one' }, null)
  await recordAppeal(db, disputed, words)

  const help = { transferId: 'sent', kind: 'wrong_transfer', reason, transferredAt: new Date().toISOString(), amount, payer, payee: { id: 'zhao', name: 'Zhao' } }
  const { caseId: helped } = await openHelp(db, transferHelpRequestSchema.parse(help), 'payer')
  await inTransaction(db, (tx) => takeAnswer(tx, helped, { answer: 'refuse', reason, by: 'payee' }))
  await db.riskCase.update({ where: { id: helped }, data: { status: 'mediation' } })
  await propose(db, helped, 'supervisor:one', { amount: 100, instalments: 1, words })

  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString()
  const request = { authority: 'Court', officer: secret, reference: 'HZ-1', basis: 'court_order', persons: ['li'], fields: ['name'], period: { from: day(-9), until: day(9) }, deadline: day(5), reason, informAt: null }
  const disclosed = await createDisclosure(db, disclosureRequestSchema.parse(request), 'compliance:one')
  await attachDocument(db, disclosed, { name: `${secret}.pdf`, mediaType: 'application/pdf', content: Buffer.from(words) }, 'compliance:one')
  await storePackage(db, disclosed, Buffer.from(words), 3_600)
  return callback
}

const tables = async () => (await thief.query<{ name: string }>(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`)).rows
const columnAsItLies = async (table: string, column: string) =>
  (await thief.query<{ content: string | null }>(`SELECT "${column}"::text AS content FROM "${table}"`)).rows
const keysInUse = async () => {
  const found = new Set<string>()
  for (const { table, column } of sealedColumns)
    for (const { content } of await columnAsItLies(table, column)) {
      const readable = content?.startsWith('\\x') ? Buffer.from(content.slice(2), 'hex').toString('latin1') : content
      for (const [, id] of readable?.matchAll(/sealed(?:-json)?:([\w.-]+):/g) ?? []) found.add(id!)
    }
  return [...found].sort()
}

test('whoever has the tables and not the keys reads nothing of what people said, wrote and attached', async () => {
  const leaks: string[] = []
  for (const { name } of await tables()) {
    const { rows } = await thief.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)
    const hex = Buffer.from(secret).toString('hex')
    if (rows.some(({ row }) => row.includes(secret) || row.includes(hex))) leaks.push(name)
  }
  expect(leaks).toEqual([])
  for (const { table, column } of sealedColumns) {
    const rows = (await columnAsItLies(table, column)).filter(({ content }) => content !== null)
    expect([table, column, rows.some(({ content }) => /sealed|7365616c6564/.test(content ?? ''))]).toEqual([table, column, true])
  }
})

test('with the keys everything reads as it was written', async () => {
  const found = (await readCase(db, caseId, 'full'))!
  expect(found.payments[0]).toMatchObject({ verdictNotes: words, risk: { device: { model: secret }, payload: { note: words, list: [1, secret] } } })
  expect((await readTranscript(db, caseId, 'supervisor:one'))[0]!.text).toBe(words)
  const paused = await db.paymentCheck.findUniqueOrThrow({ where: { paymentId: 'asked' } })
  expect(paused).toMatchObject({ trustedName: secret, outcomeNotes: words, body: { risk: { place: { city: secret } } } })
  expect((await readMessages(db, paused.caseId!))[0]!.text).toBe(words)
  const file = await db.disputeFile.findFirstOrThrow()
  expect(Buffer.from((await readFile(db, file.caseId, file.id))!.content).toString()).toBe(words)
  expect(await db.transferHelp.findFirst()).toMatchObject({ reason: words, proposal: { words, amount: 100 } })
})

test('what is sealed by nobody cannot pass for it, wherever somebody writes it', async () => {
  const forged = '\u0001sealed:nobody:AAAA'
  await saveNote(db, caseId, 'forger', forged)
  const { caseId: other } = await openCase(db, { payerId: `forger-${randomUUID()}` })
  await db.riskCase.update({ where: { id: other }, data: { needsAttention: forged, payer: { name: `"${forged}`, phones: [], security: {} } } })
  const [row] = await sqlOf(db).$queryRaw<{ all: unknown; text: string }[]>`SELECT to_jsonb(c) AS all, c.needs_attention AS text FROM risk_case c WHERE id = ${other}`
  expect(row).toMatchObject({ text: 'sealed:nobody:AAAA', all: { payer: { name: '"sealed:nobody:AAAA' } } })
  expect(await db.caseNote.findFirst({ where: { agentId: 'forger' } })).toMatchObject({ text: forged })
})

test('keys rotate while old ones still read; without a key that is in use the error names it', async () => {
  expect(await keysInUse()).toEqual(['tests'])
  const both = createDatabase(database.url, { poolSize: 2, keys: [newKey, ...sealingKeys] })
  const late = createDatabase(database.url, { poolSize: 2, keys: [newKey] })
  try {
    expect((await db.caseNote.findFirst({ where: { agentId: 'one' } }))!.text).toBe(words)
    await expect(readTranscript(late.db, caseId, 'supervisor:one')).rejects.toThrow('key tests')
    await expect(readCase(late.db, caseId, 'full')).rejects.toThrow('key tests')
    await expect(late.db.caseNote.findFirst()).rejects.toThrow('key tests')
    for (const reading of [readCase(late.db, caseId, 'full'), late.db.caseNote.findFirst()])
      expect(problemOf(await reading.catch((error: unknown) => error))).toMatchObject({ status: 503, detail: expect.stringContaining('key tests') as string })
    await expect(rotateKeys(late.db)).rejects.toThrow('key tests')

    // Something from before it was to be sealed, and something that is sealed anew already.
    await thief.query(`UPDATE dispute SET statement = $1`, [words])
    await thief.query(`UPDATE flagged_payment SET body = jsonb_set(body, '{risk,place}', '{"city": "magnolia"}') WHERE id = 'flagged'`)
    await saveNote(both.db, caseId, 'one', words)
    const told: string[] = []
    expect(await rotateKeys(both.db, ({ table, column }) => told.push(`${table}.${column}`))).toBeGreaterThan(20)
    expect(told).toEqual(expect.arrayContaining(['transcript_line.text', 'dispute_file.content', 'dispute.statement']))
    expect(await keysInUse()).toEqual(['next.2'])
    expect(await rotateKeys(both.db)).toBe(0)

    expect((await readCase(late.db, caseId, 'full'))!.payments[0]).toMatchObject({ verdictNotes: words, risk: { place: { city: secret }, payload: { note: words } } })
    expect(await late.db.dispute.findFirst()).toMatchObject({ statement: words, facts: { device: { model: secret } } })
    expect(Buffer.from((await late.db.disputeFile.findFirstOrThrow()).content).toString()).toBe(words)
    expect(await db.auditEntry.count({ where: { action: 'keys_rotated' } })).toBe(2)
  } finally {
    await both.close()
    await late.close()
  }
})
