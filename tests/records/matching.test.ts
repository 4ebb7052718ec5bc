import fc from 'fast-check'
import { forgetWaiting, offerWaitingCase, reserveAgent, type ReservationRequest } from '../../records/matching'
import { answerOffer } from '../../records/offers'
import { setPresence } from '../../records/presence'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { availableAgents } from './people'

jest.setTimeout(120_000)
let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

type Opened = Awaited<ReturnType<typeof openCase>>
const skills = [['english'], ['disputes'], ['english', 'disputes'], []]
const agentIds = ['agent-1', 'agent-2', 'agent-3', 'agent-4']
const locales = ['zh-CN', 'en-GB']

const seek = ({ caseId, policyVersion }: Opened, more: Partial<ReservationRequest> = {}) =>
  reserveAgent(database.db, { caseId, policyVersion, fresh: false, intent: 'seek', ...more })

/** Everybody at home, nothing waits; a queue for English-speaking payers opens to all after an hour. */
async function beginAnew(agentSkills: number[]): Promise<void> {
  const { db } = database
  await db.riskCase.updateMany({ where: { status: { not: 'closed' } }, data: { status: 'closed', waitingSince: null } })
  await db.offer.updateMany({ where: { status: 'pending' }, data: { status: 'withdrawn' } })
  await availableAgents(db, agentIds.length)
  await db.presence.updateMany({ data: { status: 'break', caseId: null, next: 'available', wrapUpUntil: null } })
  for (const [index, id] of agentIds.entries()) await db.staffUser.update({ where: { id }, data: { skills: skills[agentSkills[index] ?? 3]! } })
  const stages = [{ afterSeconds: 0, skills: { english: 1 }, language: false, teams: [], agents: [] }]
  await db.queue.upsert({ where: { id: 'english' }, create: { id: 'english', name: 'English', position: 1, languages: ['en'], stages }, update: {} })
}

const waitingCases = () => database.db.riskCase.findMany({ where: { waitingSince: { not: null } }, orderBy: [{ urgentAt: 'asc' }, { id: 'asc' }] })
type Waiting = Awaited<ReturnType<typeof waitingCases>>[number]
const mayHave = (agent: { id: string; abilities: string[] }, theCase: Waiting) =>
  !theCase.excludedAgents.includes(agent.id) && theCase.required.every((word) => agent.abilities.includes(word))

async function invariants(): Promise<void> {
  const { db } = database
  const pending = await db.offer.findMany({ where: { status: 'pending' } })
  expect(new Set(pending.map(({ agentId }) => agentId)).size).toBe(pending.length)
  expect(new Set(pending.map(({ caseId }) => caseId)).size).toBe(pending.length)
  const offered = await db.presence.findMany({ where: { status: 'offered' } })
  expect(offered.map(({ userId, caseId }) => `${userId} ${caseId}`).sort()).toEqual(pending.map(({ agentId, caseId }) => `${agentId} ${caseId}`).sort())
  const free = await db.staffUser.findMany({ where: { presence: { status: { in: ['available', 'wrap_up'] } } } })
  const waiting = await waitingCases()
  expect(waiting.filter(({ id }) => pending.some(({ caseId }) => caseId === id))).toEqual([])
  const idleBeside = free.flatMap((agent) => waiting.filter((theCase) => mayHave(agent, theCase)).map(({ id }) => `${agent.id} is free while ${id} waits`))
  expect(idleBeside).toEqual([])
}

/** One thing that an agent or a case does; `which` picks among those there are. */
type Step = { what: 'case'; score: number; english: boolean } | { what: 'free' | 'leave' | 'accept' | 'decline' | 'expire' | 'hang_up'; which: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ what: fc.constant('case' as const), score: fc.integer({ min: 0, max: 100 }), english: fc.boolean() }),
  fc.record({ what: fc.constantFrom('free' as const, 'free' as const, 'leave' as const, 'accept' as const, 'decline' as const, 'expire' as const, 'hang_up' as const), which: fc.nat(3) }),
)

/** @returns what it says of the order: an agent who became free, and the cases that waited then */
async function happen(taken: Step, opened: Opened[], onFree?: (agentId: string, got: string | undefined) => Promise<void>): Promise<void> {
  const { db } = database
  if (taken.what === 'case') {
    const theCase = await openCase(db, {
      risk: { score: taken.score },
      payer: { id: `payer-${Math.random()}`, name: 'Payer', phones: ['+8613800000001'], locale: locales[Number(taken.english)]! },
    })
    opened.push(theCase)
    return void (await seek(theCase, { fresh: true }))
  }
  const agentId = agentIds[taken.which]!
  const offer = await db.offer.findFirst({ where: { agentId, status: 'pending' } })
  const presence = await db.presence.findUniqueOrThrow({ where: { userId: agentId } })
  if (taken.what === 'free' && ['break', 'wrap_up'].includes(presence.status)) {
    await setPresence(db, agentId, { status: 'available' })
    const given = await offerWaitingCase(db, agentId)
    await onFree?.(agentId, given?.caseId)
  }
  if (taken.what === 'leave' && presence.status === 'available') await setPresence(db, agentId, { status: 'break' })
  if (taken.what === 'hang_up') await db.presence.updateMany({ where: { userId: agentId, status: 'busy' }, data: { status: 'wrap_up', wrapUpUntil: new Date(Date.now() - 1), caseId: null } })
  if (!offer) return
  const ofCase = opened.find(({ caseId }) => caseId === offer.caseId)!
  if (taken.what === 'accept') await answerOffer(db, { offerId: offer.id, agentId, accepted: true }).catch(() => undefined)
  if (taken.what === 'decline') {
    await answerOffer(db, { offerId: offer.id, agentId, accepted: false }).catch(() => undefined)
    await offerWaitingCase(db, agentId)
    await seek(ofCase)
  }
  if (taken.what === 'expire') await seek(ofCase, { expiringOfferId: offer.id })
}

const agentSkills = fc.array(fc.nat(3), { minLength: 4, maxLength: 4 })

test('cases and agents that come and go at the same moments: nobody is offered twice, and no free agent stands beside a case that waits for them', async () => {
  await fc.assert(
    fc.asyncProperty(agentSkills, fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }), async (able, rounds) => {
      await beginAnew(able)
      const opened: Opened[] = []
      for (const round of rounds) {
        await Promise.all(round.map((taken) => happen(taken, opened)))
        // A wrap-up that ends by the clock is noticed by whichever case looks next, be it the least urgent.
        const last = (await waitingCases()).at(-1)
        if (last) await seek({ ...opened[0]!, caseId: last.id })
        await invariants()
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 12), endOnFailure: true },
  )
})

test('whoever is free gets the most urgent case that they may have', async () => {
  await fc.assert(
    fc.asyncProperty(agentSkills, fc.array(step, { minLength: 4, maxLength: 25 }), async (able, steps) => {
      await beginAnew(able)
      const opened: Opened[] = []
      for (const taken of steps) {
        const waited = await waitingCases()
        await happen(taken, opened, async (agentId, got) => {
          const agent = await database.db.staffUser.findUniqueOrThrow({ where: { id: agentId } })
          expect(got).toBe(waited.find((theCase) => mayHave(agent, theCase))?.id)
        })
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 12), endOnFailure: true },
  )
})

describe('a wrap-up that ends by the clock', () => {
  test('is for the most urgent case that waits, whichever looks first', async () => {
    await beginAnew([3, 3, 3, 3])
    const low = await openCase(database.db, { risk: { score: 10 } })
    const high = await openCase(database.db, { risk: { score: 95 } })
    for (const opened of [low, high]) await seek(opened, { fresh: true })
    await database.db.presence.update({ where: { userId: 'agent-1' }, data: { status: 'wrap_up', next: 'available', wrapUpUntil: new Date(Date.now() - 1) } })
    const newcomer = await openCase(database.db, { risk: { score: 50 } })
    const look = await seek(newcomer, { fresh: true })
    expect(look.offer).toBeUndefined()
    expect(look.offeredElsewhere).toMatchObject([{ caseId: high.caseId, agentId: 'agent-1' }])
  })

  test('goes on to the next when the most urgent one has nobody to carry it any more', async () => {
    await beginAnew([3, 3, 3, 3])
    const gone = await openCase(database.db, { risk: { score: 95 } })
    const alive = await openCase(database.db, { risk: { score: 10 } })
    for (const opened of [gone, alive]) await seek(opened, { fresh: true })
    await setPresence(database.db, 'agent-1', { status: 'available' })
    expect(await offerWaitingCase(database.db, 'agent-1')).toMatchObject({ caseId: gone.caseId })
    await forgetWaiting(database.db, gone.caseId)
    expect(await offerWaitingCase(database.db, 'agent-1')).toMatchObject({ caseId: alive.caseId })
  })
})

test('a case that somebody writes to in that moment is not passed over', async () => {
  await beginAnew([3, 3, 3, 3])
  const opened = await openCase(database.db)
  await seek(opened, { fresh: true })
  await setPresence(database.db, 'agent-1', { status: 'available' })
  let offered: ReturnType<typeof offerWaitingCase> | undefined
  await database.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM risk_case WHERE id = ${opened.caseId} FOR UPDATE`
    offered = offerWaitingCase(database.db, 'agent-1')
    await new Promise((resolve) => setTimeout(resolve, 60))
  })
  expect(await offered).toMatchObject({ caseId: opened.caseId })
})
