import { seed } from '../../prisma/seed'
import { beginGuidanceFollowUp } from '../../providers/followUps'
import { guidanceReport, readGuidance, recordGuidance, type AdviceGiven, type FollowUpPlan } from '../../records/guidance'
import { sqlOf } from '../../records/database'
import type { AccountSecurity } from '../../domain/security'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { startSkippedTime, type SkippedTime } from '../support/skippedTime'

jest.setTimeout(90_000)

let database: TestDatabase
let time: SkippedTime
const sent: { to: string; body: string }[] = []
/** What the payments core answers about an account, one answer a look; an error is an outage. */
const looks = new Map<string, (AccountSecurity | undefined | Error)[]>()

beforeAll(async () => {
  database = await startDatabase()
  await seed(database.db, { users: [{ id: 'agent-one', email: 'a@demo.example', name: 'Agent One', password: 'x', role: 'agent', languages: ['zh'], skills: [] }], apiKeys: [] })
  time = await startSkippedTime({
    db: database.db,
    telephony: { sendMessage: async (to: string, body: string) => void sent.push({ to, body }) } as never,
    paymentsCore: {
      securityOf: async (payerId: string) => {
        const answer = looks.get(payerId)?.shift()
        if (answer instanceof Error) throw answer
        return answer
      },
    } as never,
  })
})
afterAll(async () => {
  await time.stop()
  await database.stop()
})

const unprotected = { digitalCertificate: false, realNameVerified: true, phoneBound: false }

async function guided(advice: AdviceGiven[], answers: (AccountSecurity | undefined | Error)[], locale = 'zh-CN') {
  const payer = { id: `payer-${looks.size}`, name: '李先生', phones: ['+8613800000001'], locale, security: unprotected }
  looks.set(payer.id, answers)
  const { caseId } = await openCase(database.db, { payer })
  const plan = (await recordGuidance(database.db, caseId, 'agent-one', advice))!
  await follow(plan)
  return caseId
}

async function follow(plan: FollowUpPlan): Promise<void> {
  await beginGuidanceFollowUp(time.client, plan)
  await time.client.workflow.getHandle(`guidance-follow-up/${plan.caseId}`).result()
}

const eventsOf = async (caseId: string) => (await database.db.caseEvent.findMany({ where: { caseId }, orderBy: { id: 'asc' } })).map(({ type, data }) => ({ type, data }))

test('the payer gets the steps that they agreed to, the largest hole first, and is looked at after a day and a week', async () => {
  const caseId = await guided(
    [
      { advice: 'phoneBound', agreed: true },
      { advice: 'digitalCertificate', agreed: true },
    ],
    [unprotected, new Error('away'), { ...unprotected, phoneBound: true }],
  )
  const { startTime, closeTime } = await time.client.workflow.getHandle(`guidance-follow-up/${caseId}`).describe()
  const days = (closeTime!.getTime() - startTime.getTime()) / 86_400_000
  expect(days).toBeGreaterThanOrEqual(7)
  expect(days).toBeLessThan(7.1)
  const [message] = sent.splice(0)
  expect(message).toMatchObject({ to: '+8613800000001' })
  expect(message!.body).toMatch(/1\. .*数字证书[\s\S]*2\. .*手机绑定/)
  expect(message!.body).not.toMatch(/李|http|7,?587/)
  expect((await eventsOf(caseId)).slice(1)).toEqual([
    { type: 'guidance_agreed', data: { advice: 'phoneBound' } },
    { type: 'guidance_agreed', data: { advice: 'digitalCertificate' } },
    { type: 'guidance_messaged', data: { advice: ['digitalCertificate', 'phoneBound'] } },
    { type: 'security_unchanged', data: { look: 1, closed: [] } },
    { type: 'security_raised', data: { look: 2, closed: ['phoneBound'] } },
  ])
})

test('who agreed to nothing gets no message and is looked at all the same; an unknown account is said', async () => {
  const caseId = await guided([{ advice: 'phoneBound', agreed: false }], [undefined, undefined], 'en')
  expect(sent).toEqual([])
  expect((await eventsOf(caseId)).slice(1).map(({ type }) => type)).toEqual(['guidance_given', 'security_unknown', 'security_unknown'])
})

test('the last word counts, and asking for the follow-up again begins no second one', async () => {
  const payer = { id: 'changed', name: 'Maria Lopez', phones: ['+12025550144'], locale: 'en', security: unprotected }
  looks.set(payer.id, [{ ...unprotected, digitalCertificate: true }, { ...unprotected, digitalCertificate: true }])
  const { caseId } = await openCase(database.db, { payer })
  await recordGuidance(database.db, caseId, 'agent-one', [{ advice: 'phoneBound', agreed: true }])
  const plan = (await recordGuidance(database.db, caseId, 'agent-one', [{ advice: 'digitalCertificate', agreed: true }]))!
  await follow(plan)
  await beginGuidanceFollowUp(time.client, plan)
  expect(await readGuidance(sqlOf(database.db), caseId)).toEqual([{ advice: 'digitalCertificate', agreed: true }])
  const [message, ...more] = sent.splice(0)
  expect(message!.body).toMatch(/1\. Security centre, Digital certificate/)
  expect(message!.body).not.toMatch(/phone/)
  expect(more).toEqual([])
  expect(looks.get('changed')).toEqual([])
})

test('the share of guided payers who raised their security, by agent, script and advice', async () => {
  const day = 86_400_000
  const report = await guidanceReport(database.db, new Date(Date.now() - day), new Date(Date.now() + day))
  const count = (key: string, people: number, looked: number, raised: number, name: string | null = null) => ({ key, name, guided: people, looked, raised })
  expect(report).toEqual({
    all: count('', 3, 2, 2),
    byAgent: [count('agent-one', 3, 2, 2, 'Agent One')],
    byScript: [count('callback/en@0', 2, 1, 1), count('callback/zh-CN@0', 1, 1, 1)],
    byAdvice: [count('digitalCertificate', 2, 2, 1), count('phoneBound', 2, 1, 1)],
  })
  expect((await guidanceReport(database.db, new Date(0), new Date(1))).all).toEqual(count('', 0, 0, 0))
})
