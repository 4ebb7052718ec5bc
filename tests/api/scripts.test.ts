import { builtInScripts } from '../../domain/script/builtIn'
import { dialled } from '../telephony/calls'
import { createProvider } from '../telephony/provider'
import type { Browser, Json } from './browser'
import { caseHeldBy, sendHome } from './flags'
import { startApi, type RunningApi } from './startApi'

let running: RunningApi
let compliance: Browser
let supervisor: Browser
let provider: ReturnType<typeof createProvider>

beforeAll(async () => {
  running = await startApi()
  provider = createProvider(running)
  compliance = await running.as('compliance-one')
  supervisor = await running.as('supervisor-one')
})
afterAll(() => running.stop())

const english = '/v1/scripts/callback/en'
const written = (changes: { speech?: Json; announcements?: Json }) => ({
  ...builtInScripts.en,
  speech: { ...builtInScripts.en.speech, ...changes.speech },
  announcements: { ...builtInScripts.en.announcements, ...changes.announcements },
})
const payer = (locale: string) => ({ payer: { id: `payer-${Math.random()}`.replace('.', '-'), name: 'Mr Li', phones: ['+8613800000001'] as [string], locale } })
const versionOf = async (path: string) => (await compliance.send('GET', path)).body.version

it('a call keeps the script that it was made with, and the timeline names it; the next call has the new one', async () => {
  const before = await dialled(running.db, 'automated', payer('en'))
  const document = written({ announcements: { identify: 'The bank calls. Are you {payer}? Press 1, or else 9.' } })
  const { status, body } = await compliance.send('PUT', english, { since: 0, document })
  expect([status, body.version, body.inForce]).toEqual([200, 1, 'callback/en@1'])
  const after = await dialled(running.db, 'automated', payer('en-GB'))
  expect((await provider.document(`/calls/${before.attemptId}/voice`)).text).toMatch(/>Hello\. This is the payment security centre/)
  expect((await provider.document(`/calls/${after.attemptId}/voice`)).text).toMatch(/>The bank calls\. Are you Mr Li\?/)
  const intended = await running.db.caseEvent.findMany({ where: { type: 'attempt_intended', caseId: { in: [before.caseId, after.caseId] } }, orderBy: { id: 'asc' } })
  expect(intended.map(({ data }) => (data as Json).script)).toEqual(['callback/en@0', 'callback/en@1'])
  expect(await running.db.auditEntry.findFirst({ where: { action: 'script_changed' } })).toMatchObject({ actor: 'compliance:compliance-one', subject: 'script:callback/en' })
})

it('the agent reads the script of the payer’s language, and one for their kind of case where there is one', async () => {
  const spanish = written({ speech: { opening: 'Buenos días {payer}, le habla {agent}.', payment: '¿Pagó usted {amount} a {payee}, {time}?' } })
  expect((await compliance.send('PUT', '/v1/scripts/callback/es', { since: 0, document: spanish })).status).toBe(200)
  expect((await compliance.send('GET', '/v1/scripts/dispute/es')).body).toMatchObject({ version: 0, inForce: 'callback/es@1' })
  const { caseId } = await caseHeldBy(running.db, 'agent-one', payer('es-MX'))
  const { body } = await (await running.as('agent-one')).send('GET', `/v1/desk/cases/${caseId}`)
  expect(body.script).toMatchObject({ reference: 'callback/es@1', language: 'es', opening: expect.stringMatching(/^Buenos días Mr Li, le habla /) })
  expect(body.script.questions[1]).toMatch(/^¿Pagó usted 7\.?587,00 yuan\S* \S+ a Air tickets, hace \d+ minutos?\?$/)
  await sendHome(running.db)
})

it('shows before it is saved what is heard and read, and refuses by name what may not be said', async () => {
  const { body: preview } = await compliance.send('POST', `${english}/preview`, written({}))
  expect(preview.script.opening).toContain('Am I speaking with Mr Li?')
  expect(preview.announcements).toContainEqual({ when: 'connecting', text: 'Payment security centre. This call is recorded. You are being connected.' })
  expect(preview.guidance.map(({ id }: Json) => id)).toEqual(['digitalCertificate', 'realNameVerified', 'phoneBound', 'wellProtected'])

  const early = await compliance.send('POST', `${english}/preview`, written({ speech: { opening: 'You paid {amount}' } }))
  expect([early.status, early.body.errors]).toEqual([422, [{ field: 'speech.opening', message: expect.stringMatching(/^\{amount\} may not be told here/) }]])
  const saved = await compliance.send('PUT', english, { since: await versionOf(english), document: written({ announcements: { voicemail: 'Call back, {payer}' } }) })
  expect([saved.status, saved.body.errors[0].field]).toEqual([422, 'document.announcements.voicemail'])
})

it('who changed what and when stays, an earlier version can be put in force again, and nobody overwrites a change unseen', async () => {
  const since = await versionOf(english)
  expect((await compliance.send('PUT', english, { since: since - 1, document: written({}) })).status).toBe(409)
  await compliance.send('PUT', english, { since, document: written({ speech: { closing: 'Bye.' } }) })
  const { versions } = (await supervisor.send('GET', `${english}/versions`)).body
  expect(versions[0]).toMatchObject({ version: since + 1, createdBy: 'compliance:compliance-one', body: { speech: { closing: 'Bye.' } } })
  const back = await compliance.send('PUT', english, { since: since + 1, document: versions[1].body })
  expect([back.status, back.body.version, back.body.document]).toEqual([200, since + 2, versions[1].body])
})

it('scripts and numbers are read by supervisors and changed by compliance and administrators alone', async () => {
  const agent = await running.as('agent-one')
  const admin = await running.as('admin-one')
  const numbers = { numbers: [] }
  for (const path of ['/v1/scripts', english, '/v1/caller-numbers', '/v1/caller-numbers/versions']) {
    expect([path, (await agent.send('GET', path)).status]).toEqual([path, 403])
    expect([path, (await supervisor.send('GET', path)).status]).toEqual([path, 200])
  }
  for (const [method, path, body] of [['PUT', english, { since: 0, document: written({}) }], ['POST', `${english}/preview`, written({})], ['PUT', '/v1/caller-numbers', { since: 0, settings: numbers }], ['POST', '/v1/caller-numbers/forecast', numbers]] as const) {
    expect([path, (await supervisor.send(method, path, body)).status]).toEqual([path, 403])
    expect([path, [200, 409].includes((await admin.send(method, path, body)).status)]).toEqual([path, true])
  }
  expect((await supervisor.send('GET', '/v1/scripts/gossip/en')).status).toBe(404)
})

it('a call shows the number for the payer’s country; without one the configured number is shown', async () => {
  const chinese = { phone: '+8613800000099', countries: ['CN'], active: true, validated: true }
  const { version } = (await compliance.send('GET', '/v1/caller-numbers')).body
  const { body: forecast } = await compliance.send('POST', '/v1/caller-numbers/forecast', { numbers: [chinese] })
  expect(forecast.countries[0]).toMatchObject({ country: 'CN', before: [null], after: [chinese.phone] })
  const wrong = await compliance.send('PUT', '/v1/caller-numbers', { since: version, settings: { numbers: [{ ...chinese, queues: ['nowhere'] }] } })
  expect(wrong.body.errors).toEqual([{ field: 'settings.numbers.0.queues.0', message: 'is not a queue' }])
  expect((await compliance.send('PUT', '/v1/caller-numbers', { since: version, settings: { numbers: [chinese] } })).status).toBe(200)
  const shown = async (attemptId: string) => (await running.db.attempt.findUniqueOrThrow({ where: { id: attemptId } })).fromNumber
  expect(await shown((await dialled(running.db, 'automated', payer('zh-CN'))).attemptId)).toBe(chinese.phone)
  await compliance.send('PUT', '/v1/caller-numbers', { since: version + 1, settings: { numbers: [{ ...chinese, active: false }] } })
  expect(await shown((await dialled(running.db, 'automated', payer('zh-CN'))).attemptId)).toBeNull()
})
