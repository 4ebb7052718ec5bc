import { sealed } from '../../configuration/vault'
import { disclosureRequestSchema } from '../../domain/disclosure/request'
import { disputeRequestSchema } from '../../domain/dispute/request'
import { transferHelpRequestSchema } from '../../domain/transferHelp/request'
import { roles, type Role } from '../../domain/roles'
import { sqlOf } from '../../records/database'
import { attachDocument, createDisclosure } from '../../records/disclosures/disclosures'
import { addFile } from '../../records/disputes/files'
import { openDispute } from '../../records/disputes/openDispute'
import { openHelp } from '../../records/transferHelp/openHelp'
import { flag, openCase } from '../api/flags'
import { startApi, type RunningApi } from '../api/startApi'

interface Operation {
  security?: Record<string, unknown>[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

let running: RunningApi
let paths: string[]
/** For the parameters of addresses, by the beginning of the address where it matters. */
let ids: Record<string, string>

/** Of the payer and the payee; and a file is all that is in it. */
const personal = /李先生|13800000001|Zhao Wei|13900000009/
const file = /pdf|octet-stream|text\/plain/

beforeAll(async () => {
  running = await startApi()
  const { db } = running
  const opened = await openCase(db, { payerId: 'li', paymentId: 'flagged', payee: { id: 'zhao', name: 'Zhao Wei' } })
  const { caseId } = opened
  const { payer, amount } = flag({ payerId: 'li' })
  await db.attempt.create({ data: { id: `${caseId}.1`, caseId, number: 1, phone: '+8613800000001', mode: 'agent_first', status: 'ended' } })
  await db.recording.create({ data: { attemptId: `${caseId}.1`, caseId, callSid: 'CA1', recordingSid: `RE${'1'.repeat(32)}`, status: 'completed' } })
  await sqlOf(db).$executeRaw`INSERT INTO transcript_line (transcription_sid, sequence, attempt_id, speaker, text, at) VALUES ('GT', 1, ${`${caseId}.1`}, 'payer', ${sealed('我是李先生')}, now())`
  await db.doNotCall.create({ data: { phone: '+8613900000009', reason: 'asked', addedBy: 'supervisor:one' } })
  const { caseId: disputed } = await openDispute(db, disputeRequestSchema.parse({ paymentId: 'flagged', reason: 'not_me', statement: 'I am 李先生' }), 'payer')
  const added = await addFile(db, disputed, 'payer', { name: 'me.txt', mediaType: 'text/plain', content: Buffer.from('李先生') })
  const help = { transferId: 'sent', kind: 'wrong_transfer', reason: 'oops', transferredAt: new Date().toISOString(), amount, payer, payee: { id: 'zhao', name: 'Zhao Wei', phone: '+8613900000009' } }
  const { caseId: helped } = await openHelp(db, transferHelpRequestSchema.parse(help), 'payer')
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString()
  const request = { authority: 'Court', officer: 'Judge', reference: 'HZ', basis: 'court_order', persons: ['li'], fields: ['name'], period: { from: day(-9), until: day(9) }, deadline: day(5), reason: 'r', informAt: null }
  const disclosed = await createDisclosure(db, disclosureRequestSchema.parse(request), 'compliance:one')
  await attachDocument(db, disclosed, { name: 'order.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-') }, 'compliance:one')
  // Of one case two readings within a minute are one; so each address has a case of its own.
  const { caseId: another } = await openCase(db, { payerId: 'another' })
  ids = {
    caseId,
    '/v1/cases caseId': another,
    '/v1/disputes caseId': disputed,
    '/v1/transfer-help caseId': helped,
    '/v1/disclosures caseId': disclosed,
    fileId: added!.fileId,
    recordingSid: `RE${'1'.repeat(32)}`,
    paymentId: 'flagged',
  }
  const { body } = await running.riskEngine().send('GET', '/openapi.json')
  paths = Object.entries(body.paths as Record<string, { get?: Operation }>).flatMap(([path, { get }]) =>
    get?.security?.some((one) => 'session' in one) && !('text/event-stream' in (get.responses['200']?.content ?? {})) ? [path] : [],
  )
})
afterAll(() => running.stop())

const addressOf = (path: string) => {
  const beginning = path.split('/').slice(0, 3).join('/')
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[`${beginning} ${name}`] ?? ids[name] ?? 'nobody-1')
  return path.endsWith('/report') ? `${filled}?personalData=full&language=en` : path.endsWith('/export') ? `${filled}?format=csv` : filled
}

async function unmasked(browser: Awaited<ReturnType<RunningApi['as']>>, path: string): Promise<boolean> {
  const { status, headers, file: content } = await browser.download(addressOf(path))
  if (status >= 500 && !path.endsWith('/media')) throw new Error(`${path} answered ${status}`)
  return status === 200 && (personal.test(content.toString()) || (file.test(headers.get('content-type') ?? '') && !path.endsWith('/export')))
}

test('whoever gets personal data unmasked is one who must, and every such reading is in the audit log', async () => {
  expect(paths.length).toBeGreaterThan(25)
  const seen: Record<string, Role[]> = {}
  const silent: string[] = []
  for (const role of roles) {
    const id = `${role}-one`
    const browser = await running.as(id)
    const written = () => running.db.auditEntry.count({ where: { actor: `${role}:${id}` } })
    for (const path of paths) {
      const before = await written()
      if (!(await unmasked(browser, path))) continue
      ;(seen[path] ??= []).push(role)
      if ((await written()) === before) silent.push(`${role} ${path}`)
    }
  }
  expect(silent).toEqual([])
  // The table of docs/data.md; nobody else, and an agent only what is in their hands.
  const watching: Role[] = ['supervisor', 'compliance', 'admin']
  const deciding: Role[] = ['supervisor', 'compliance']
  expect(seen).toEqual({
    '/v1/cases/{caseId}': watching,
    '/v1/supervision/cases/{caseId}': watching,
    '/v1/supervision/cases/{caseId}/report': deciding,
    '/v1/supervision/cases/{caseId}/transcript': deciding,
    '/v1/supervision/do-not-call': watching,
    '/v1/disputes/{caseId}': ['agent', ...deciding],
    '/v1/disputes/{caseId}/files/{fileId}': deciding,
    '/v1/transfer-help/{caseId}': deciding,
    '/v1/transfer-help/{caseId}/evidence': deciding,
    '/v1/disclosures/{caseId}/document': watching,
  })
})
