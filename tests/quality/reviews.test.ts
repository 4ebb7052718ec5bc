import { MockActivityEnvironment } from '@temporalio/testing'
import type { ActivityDependencies } from '../../activities/dependencies'
import { createQualityActivities } from '../../activities/quality'
import { defaultScorecard } from '../../domain/quality/defaultScorecard'
import type { Answers } from '../../domain/quality/score'
import { weekOf } from '../../domain/quality/sampling'
import { seed } from '../../prisma/seed'
import type { Browser, Json } from '../api/browser'
import { openCase } from '../api/flags'
import { password, startApi, users, type RunningApi } from '../api/startApi'

let running: RunningApi
let first: Browser
let second: Browser
let agent: Browser

beforeAll(async () => {
  running = await startApi()
  const another = users.find(({ id }) => id === 'supervisor-one')!
  await seed(running.db, { users: [{ ...another, id: 'supervisor-two', email: 'supervisor-two@demo.example', name: 'supervisor-two', password }], apiKeys: [] })
  first = await running.as('supervisor-one')
  second = await running.as('supervisor-two')
  agent = await running.as('agent-one')
})
afterAll(() => running.stop())

const path = '/v1/supervision/reviews'
const good: Answers = { identified: 'yes', introduced: 'yes', each_payment: 'yes', verdict_right: 'yes', scam_questions: 5, guidance: 'na', clear_calm: 3 }
const dayMillis = 86_400_000

/** A talk of this agent that ended so many days ago. */
async function talk(agentId: string | null, daysAgo: number, part: { abandoned?: boolean; verdict?: string } = {}) {
  const { caseId, paymentId } = await openCase(running.db)
  const attemptId = `${caseId}.1`
  const endedAt = new Date(Date.now() - daysAgo * dayMillis)
  await running.db.attempt.create({
    data: {
      id: attemptId, caseId, number: 1, phone: '+8613800000001', mode: 'agent_first', agentId, status: 'ended', outcome: 'contact',
      answeredAt: endedAt, contactAt: part.abandoned ? null : endedAt, endedAt, abandoned: part.abandoned ?? false,
    },
  })
  if (part.verdict) await running.db.flaggedPayment.update({ where: { id: paymentId }, data: { verdict: part.verdict, verdictAt: endedAt } })
  return { caseId, attemptId, paymentId }
}

const choose = () =>
  new MockActivityEnvironment().run<[], number, () => Promise<number>>(
    createQualityActivities({ db: running.db, log: { info: () => undefined } } as unknown as ActivityDependencies).chooseReviews,
  )
const reviewOf = (attemptId: string) => running.db.callReview.findFirst({ where: { attemptId, calibrates: null } })
const events = async (caseId: string) =>
  (await running.db.caseEvent.findMany({ where: { caseId, type: { startsWith: 'review_' } }, orderBy: { id: 'asc' } })).map(({ type, actor }) => `${type} ${actor}`)

async function chosen(agentId = 'agent-one'): Promise<{ reviewId: string; caseId: string; attemptId: string }> {
  const call = await talk(agentId, 0)
  const { status, body } = await first.send('POST', path, { caseId: call.caseId, attemptId: call.attemptId })
  expect(status).toBe(201)
  return { ...call, reviewId: body.reviewId }
}

test('each agent’s lowest lots of an ended week are chosen, with the seed to draw them again', async () => {
  // The week before last: the last one may not be over for late reports yet.
  const week = new Date(weekOf(new Date()).getTime() - 14 * dayMillis)
  await running.db.qualityWeek.create({ data: { week, seed: 'of the tests', policyVersion: 1 } })
  const daysAgo = (Date.now() - week.getTime()) / dayMillis - 3
  const calls = await Promise.all(Array.from({ length: 6 }, () => talk('agent-two', daysAgo)))
  await talk('agent-three', daysAgo)
  expect(await choose()).toBe(4)
  expect(await choose()).toBe(0)
  const { weeks } = (await first.send('GET', '/v1/supervision/quality/weeks')).body
  expect(weeks.at(-1)).toMatchObject({ week: week.toISOString(), seed: 'of the tests', calls: 4, closedAt: expect.any(String) })
  expect(weeks[0]).toMatchObject({ calls: 0, closedAt: null })
  const taken = await running.db.callReview.findMany({ where: { agentId: 'agent-two' } })
  expect(taken.every(({ reasons }) => reasons.length === 1 && ['agents_share', 'random'].includes(reasons[0]!))).toBe(true)
  expect(calls.filter(({ attemptId }) => taken.some((one) => one.attemptId === attemptId))).toHaveLength(3)
})

test('what went wrong is always reviewed: a scam, a call that found nobody, a decision reversed, a complaint', async () => {
  const scam = await talk('agent-one', 0, { verdict: 'scam' })
  const nobody = await talk(null, 0, { abandoned: true })
  const reversed = await talk('agent-one', 0, { verdict: 'owner_confirmed' })
  const dispute = await openCase(running.db)
  await running.db.dispute.create({
    data: {
      caseId: dispute.caseId, paymentId: reversed.paymentId, reason: 'not_me', facts: {}, amount: 1n, currency: 'CNY', profile: 'CNY', openedBy: 'payer', openedAt: new Date(Date.now() + 1_000),
      takeUpBy: new Date(), decideBy: new Date(), finalBy: new Date(), decision: 'upheld', decidedAt: new Date(),
    },
  })
  await choose()
  expect((await reviewOf(scam.attemptId))?.reasons).toContain('scam')
  expect(await reviewOf(nobody.attemptId)).toMatchObject({ reasons: ['abandoned'], agentId: null })
  expect((await reviewOf(reversed.attemptId))?.reasons).toEqual(expect.arrayContaining(['overturned', 'complaint']))
  expect(await choose()).toBe(0)
})

test('a review is begun, submitted, corrected as a further version, and acknowledged', async () => {
  const { reviewId, caseId } = await chosen()
  const one = `${path}/${reviewId}`
  expect((await agent.send('GET', '/v1/desk/reviews')).body.reviews).toEqual([])
  expect((await first.send('PUT', `${one}/draft`, { answers: { identified: 'yes' }, comment: 'so far' })).body).toMatchObject({ state: 'draft', draft: { answers: { identified: 'yes' }, comment: 'so far' } })
  expect((await second.send('PUT', `${one}/draft`, { answers: {} })).status).toBe(403)
  const incomplete = await first.send('POST', `${one}/submit`, { answers: { ...good, clear_calm: 'yes', introduced: undefined } })
  expect([incomplete.status, incomplete.body.errors.map(({ field }: Json) => field)]).toEqual([422, ['answers.introduced', 'answers.clear_calm']])
  // (2 + 3 + 3) · 4 + 2 · 2 of (2 + 3 + 3 + 2) · 4
  expect((await first.send('POST', `${one}/submit`, { answers: good })).body).toMatchObject({ state: 'submitted', percent: 90, failed: false, draft: null })
  const corrected = await first.send('POST', `${one}/submit`, { answers: { ...good, verdict_right: 'no' }, comment: 'heard it again' })
  expect(corrected.body).toMatchObject({ percent: 0, failed: true, versions: [{ version: 1, percent: 90 }, { version: 2, kind: 'corrected', percent: 0 }] })
  expect((await second.send('POST', `${one}/submit`, { answers: good })).status).toBe(403)

  const { body } = await agent.send('GET', '/v1/desk/reviews')
  expect(body.reviews).toMatchObject([{ reviewId, failed: true, scorecard: { version: 1 }, versions: [{ percent: 90 }, { comment: 'heard it again' }] }])
  expect((await (await running.as('agent-two')).send('GET', '/v1/desk/reviews')).body.reviews).toEqual([])
  expect((await (await running.as('agent-two')).send('POST', `/v1/desk/reviews/${reviewId}/acknowledge`)).status).toBe(404)
  expect((await agent.send('POST', `/v1/desk/reviews/${reviewId}/acknowledge`)).status).toBe(204)
  expect((await agent.send('POST', `/v1/desk/reviews/${reviewId}/dispute`, { comment: 'after all' })).status).toBe(409)
  expect(await events(caseId)).toEqual([
    'review_chosen supervisor:supervisor-one',
    'review_opened supervisor:supervisor-one',
    'review_opened supervisor:supervisor-two',
    'review_submitted supervisor:supervisor-one',
    'review_corrected supervisor:supervisor-one',
    'review_acknowledged agent:agent-one',
  ])
  await expect(running.db.reviewVersion.updateMany({ where: { reviewId }, data: { percent: 100 } })).rejects.toThrow('not changed')
})

test('a dispute is settled by somebody who has not scored the call', async () => {
  const { reviewId } = await chosen()
  await first.send('POST', `${path}/${reviewId}/submit`, { answers: { ...good, introduced: 'no' } })
  expect((await agent.send('POST', `/v1/desk/reviews/${reviewId}/dispute`, { comment: 'I did say who is calling' })).status).toBe(204)
  expect((await first.send('POST', `${path}/${reviewId}/submit`, { answers: good })).status).toBe(409)
  expect((await first.send('POST', `${path}/${reviewId}/settle`, { answers: good, comment: 'mine again' })).status).toBe(403)
  expect((await second.send('POST', `${path}/${reviewId}/settle`, { answers: good })).status).toBe(422)
  expect((await second.send('POST', `${path}/${reviewId}/settle`, { answers: good, comment: 'at 0:07' })).body).toMatchObject({ state: 'settled', percent: 90, agentComment: 'I did say who is calling' })
  expect((await second.send('POST', `${path}/${reviewId}/settle`, { answers: good, comment: 'again' })).status).toBe(409)
})

test('nobody reviews a call of their own, and a review that was begun can be put back', async () => {
  const own = await talk('supervisor-one', 0)
  expect((await first.send('POST', path, { caseId: own.caseId, attemptId: own.attemptId })).status).toBe(403)
  const { id } = (await reviewOf(own.attemptId))!
  expect((await first.send('GET', `${path}/${id}`)).status).toBe(403)
  expect((await second.send('PUT', `${path}/${id}/draft`, { answers: {} })).status).toBe(200)
  expect((await first.send('POST', `${path}/${id}/release`)).status).toBe(403)
  expect((await second.send('POST', `${path}/${id}/release`)).status).toBe(204)
  expect((await second.send('GET', `${path}/${id}`)).body).toMatchObject({ state: 'waiting', reviewer: null, draft: null })
  expect((await second.send('GET', `${path}/review_none`)).status).toBe(404)
})

test('two reviewers score the same call, and the difference shows when both have submitted', async () => {
  const { reviewId } = await chosen()
  expect((await second.send('POST', `${path}/${reviewId}/calibration`)).status).toBe(409)
  await first.send('POST', `${path}/${reviewId}/submit`, { answers: good })
  expect((await first.send('POST', `${path}/${reviewId}/calibration`)).status).toBe(403)
  const { body: mine } = await second.send('POST', `${path}/${reviewId}/calibration`)
  expect(mine.comparisons).toMatchObject([{ reviewId, percent: null, differences: [] }])
  const { body } = await second.send('POST', `${path}/${mine.reviewId}/submit`, { answers: { ...good, scam_questions: 3 } })
  expect(body.comparisons).toEqual([{ reviewId, reviewer: { id: 'supervisor-one', name: 'supervisor-one' }, submitted: true, percent: 90, differences: [{ questionId: 'scam_questions', here: '3', there: '5', points: 50 }] }])
  expect((await second.send('POST', `${path}/${reviewId}/calibration`)).status).toBe(409)
  expect((await agent.send('GET', '/v1/desk/reviews')).body.reviews.map((one: Json) => one.reviewId)).not.toContain(mine.reviewId)
})

test('a scorecard has versions; what was scored keeps its own', async () => {
  const { reviewId } = await chosen()
  await first.send('POST', `${path}/${reviewId}/submit`, { answers: good })
  const change = { since: 1, settings: { ...defaultScorecard, sections: defaultScorecard.sections.slice(0, 2) } }
  expect((await first.send('PUT', '/v1/supervision/scorecards/scorecard_default', change)).body.version).toBe(2)
  expect((await second.send('PUT', '/v1/supervision/scorecards/scorecard_default', change)).status).toBe(409)
  expect((await second.send('PUT', '/v1/supervision/scorecards/scorecard_none', change)).status).toBe(404)
  expect((await first.send('GET', `${path}/${reviewId}`)).body.scorecard.version).toBe(1)
  const other = await first.send('POST', '/v1/supervision/scorecards', { ...defaultScorecard, appliesTo: { kinds: ['dispute'] } })
  const { body } = await first.send('GET', `${path}/${(await chosen()).reviewId}`)
  expect(body.applicable.map(({ id, version }: Json) => [id, version])).toEqual([['scorecard_default', 2]])
  const wrong = await first.send('PUT', `${path}/${body.reviewId}/draft`, { scorecardId: other.body.id, answers: {} })
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'scorecardId'])
  const { versions } = (await first.send('GET', '/v1/routing/versions?kind=scorecard&subject=scorecard_default')).body
  expect(versions.map(({ version, createdBy }: Json) => [version, createdBy])).toEqual([[2, 'supervisor:supervisor-one'], [1, 'system:installation']])
})

test('results are by agent, question and week, of the last version of each review', async () => {
  const { body } = await (await running.as('compliance-one')).send('GET', '/v1/supervision/quality')
  const reviews = await running.db.callReview.findMany({ where: { calibrates: null, submittedAt: { not: null } }, include: { versions: { orderBy: { version: 'desc' }, take: 1 } } })
  const percents = reviews.map(({ versions }) => versions[0]!.percent!)
  expect(percents).toHaveLength(4)
  expect(body.all).toMatchObject({ count: 4, percent: Math.round(percents.reduce((sum, one) => sum + one, 0) / 4), failed: 1 })
  expect(body).toMatchObject({ disputed: 1, settled: 1, byAgent: [{ key: 'agent-one', name: 'agent-one', count: 4 }] })
  expect(body.byWeek).not.toHaveLength(0)
  expect(body.byQuestion[0]).toMatchObject({ key: 'scorecard_default/clear_calm', percent: 50, count: 4 })
  expect((await agent.send('GET', '/v1/supervision/quality')).status).toBe(403)
  expect((await first.send('GET', '/v1/supervision/quality?from=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z')).status).toBe(422)
})
