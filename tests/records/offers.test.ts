import { offerWaitingCase, reserveAgent, type ReservationRequest } from '../../records/matching'
import { answerOffer, OfferRefused } from '../../records/offers'
import { leaseMillis, renewLease, setPresence, shortenLease } from '../../records/presence'
import { defaultPolicy } from '../../domain/policy'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { availableAgents } from './people'

let database: TestDatabase
beforeEach(async () => void (database = await startDatabase()))
afterEach(() => database.stop())

const seek = ({ caseId, policyVersion }: { caseId: string; policyVersion: number }, more: Partial<ReservationRequest> = {}) =>
  reserveAgent(database.db, { caseId, policyVersion, fresh: true, intent: 'seek', ...more })
const presence = (userId: string) => database.db.presence.findUniqueOrThrow({ where: { userId } })
const offers = () => database.db.offer.findMany({ orderBy: { createdAt: 'asc' } })
const openCases = async (count: number) => {
  const opened = []
  for (let n = 0; n < count; n++) opened.push(await openCase(database.db))
  return opened
}

describe('matching', () => {
  test('20 agents and 20 cases raced: each agent has one offer, each case has one', async () => {
    await availableAgents(database.db, 20)
    const cases = await openCases(20)
    await Promise.all(cases.map((opened) => seek(opened)))
    const made = await offers()
    expect(new Set(made.map(({ agentId }) => agentId)).size).toBe(20)
    expect(new Set(made.map(({ caseId }) => caseId)).size).toBe(20)
    expect(made).toHaveLength(20)
    expect(await database.db.presence.count({ where: { status: 'offered' } })).toBe(20)
  })

  test('5 agents and 20 cases raced: five offers, fifteen wait', async () => {
    await availableAgents(database.db, 5)
    const cases = await openCases(20)
    const looks = await Promise.all(cases.map((opened) => seek(opened)))
    expect(looks.filter(({ offer }) => offer)).toHaveLength(5)
    expect(new Set((await offers()).map(({ agentId }) => agentId)).size).toBe(5)
    expect(await database.db.riskCase.count({ where: { waitingSince: { not: null } } })).toBe(15)
  })

  test('agents who become free while cases look for one: nobody gets two, no case waits beside a free agent', async () => {
    const agents = await availableAgents(database.db, 10)
    for (const agent of agents) await setPresence(database.db, agent, { status: 'break' })
    const cases = await openCases(10)
    await Promise.all([
      ...cases.map((opened) => seek(opened)),
      ...agents.map(async (agent) => {
        await setPresence(database.db, agent, { status: 'available' })
        await offerWaitingCase(database.db, agent)
      }),
    ])
    // What each case does at its next look.
    for (const opened of cases) await seek(opened, { fresh: false })
    const made = await offers()
    expect(made).toHaveLength(10)
    expect(new Set(made.map(({ agentId }) => agentId)).size).toBe(10)
    expect(new Set(made.map(({ caseId }) => caseId)).size).toBe(10)
  })

  test('looking again finds the offer that is open', async () => {
    await availableAgents(database.db, 2)
    const [opened] = await openCases(1)
    const first = await seek(opened!)
    expect((await seek(opened!)).offer).toEqual(first.offer)
    expect(await offers()).toHaveLength(1)
  })

  test('the agent who is free longest is asked first, one who speaks the language before them, a preferred one before all', async () => {
    const agents = await availableAgents(database.db, 3)
    await database.db.staffUser.updateMany({ where: { id: { in: [agents[0]!, agents[2]!] } }, data: { languages: ['en'] } })
    const [a, b, c] = await openCases(3)
    expect((await seek(a!)).offer?.agentId).toBe(agents[1])
    expect((await seek(b!, { preferredAgentId: agents[2]! })).offer?.agentId).toBe(agents[2])
    expect((await seek(c!)).offer?.agentId).toBe(agents[0])
  })

  test('an agent who is avoided is asked only when the time for finding somebody else is over, and the timeline says so', async () => {
    const [first, second] = await availableAgents(database.db, 2)
    const [a, b] = await openCases(2)
    const until = Date.now() + 3_600_000
    expect((await seek(a!, { avoided: { agentId: first!, until } })).offer?.agentId).toBe(second)
    const waits = await seek(b!, { avoided: { agentId: first!, until } })
    expect([waits.offer, waits.widensAt, waits.avoidedLongEnough]).toEqual([undefined, new Date(until).toISOString(), undefined])
    expect(await offerWaitingCase(database.db, first!)).toBeUndefined()
    const told = await seek(b!, { fresh: false, avoided: { agentId: first!, until: Date.now() } })
    expect([told.offer?.agentId, told.avoidedLongEnough]).toEqual([first, true])
    const said = await database.db.caseEvent.findMany({ where: { caseId: b!.caseId, type: 'no_other_agent' } })
    expect(said.map(({ data }) => data)).toEqual([{ agentId: first }])
  })

  test.each(['break', 'offline'] as const)('an agent on %s is asked for nothing', async (status) => {
    const [agent] = await availableAgents(database.db, 1)
    await setPresence(database.db, agent!, { status })
    expect((await seek((await openCases(1))[0]!)).offer).toBeUndefined()
  })

  test('an account that was switched off is asked for nothing', async () => {
    const [agent] = await availableAgents(database.db, 1)
    await database.db.staffUser.update({ where: { id: agent! }, data: { active: false } })
    expect((await seek((await openCases(1))[0]!)).offer).toBeUndefined()
  })

  test('an agent who is free gets the most urgent case that waits', async () => {
    const [low, high] = await openCases(2)
    await database.db.riskCase.update({ where: { id: high!.caseId }, data: { priority: 99 } })
    await seek(low!)
    await seek(high!)
    const [agent] = await availableAgents(database.db, 1)
    expect(await offerWaitingCase(database.db, agent!)).toMatchObject({ caseId: high!.caseId, payerId: high!.payerId })
    expect(await offerWaitingCase(database.db, agent!)).toBeUndefined()
  })
})

describe('the lease', () => {
  test('of an agent whose browser died: they are not available any more', async () => {
    const [agent] = await availableAgents(database.db, 1)
    await database.db.presence.update({ where: { userId: agent! }, data: { leaseUntil: new Date(Date.now() - 1) } })
    const [opened] = await openCases(1)
    expect((await seek(opened!)).offer).toBeUndefined()
    await renewLease(database.db, agent!)
    expect((await seek(opened!)).offer?.agentId).toBe(agent)
  })

  test('lasts as long as it says, and a browser that went away leaves a short grace', async () => {
    const [agent] = await availableAgents(database.db, 1)
    expect((await presence(agent!)).leaseUntil.getTime()).toBeGreaterThan(Date.now() + leaseMillis - 5_000)
    await shortenLease(database.db, agent!, 5)
    expect((await presence(agent!)).leaseUntil.getTime()).toBeLessThanOrEqual(Date.now() + 6_000)
    await shortenLease(database.db, agent!, 60)
    expect((await presence(agent!)).leaseUntil.getTime()).toBeLessThanOrEqual(Date.now() + 6_000)
  })
})

describe('an answer', () => {
  async function offered() {
    const [agent] = await availableAgents(database.db, 1)
    const [opened] = await openCases(1)
    const { offer } = await seek(opened!)
    return { agent: agent!, opened: opened!, offerId: offer!.offerId }
  }
  const refusal = (answer: Promise<unknown>) =>
    answer.then(
      () => 'taken',
      (error: unknown) => (error instanceof OfferRefused ? error.reason : Promise.reject(error)),
    )

  test('accepted 10 times at once: exactly one wins', async () => {
    const { agent, opened, offerId } = await offered()
    const answers = await Promise.all(Array.from({ length: 10 }, () => refusal(answerOffer(database.db, { offerId, agentId: agent, accepted: true }))))
    expect(answers.sort()).toEqual([...Array.from({ length: 9 }, () => 'answered'), 'taken'])
    expect(await presence(agent)).toMatchObject({ status: 'busy', caseId: opened.caseId })
    expect(await database.db.caseEvent.count({ where: { type: 'offer_accepted' } })).toBe(1)
  })

  test('accepted and declined at once: one of the two', async () => {
    const { agent, offerId } = await offered()
    const answers = await Promise.all([true, false].map((accepted) => refusal(answerOffer(database.db, { offerId, agentId: agent, accepted }))))
    expect(answers.sort()).toEqual(['answered', 'taken'])
  })

  test('accepted while it expires: one of the two, and the case knows which', async () => {
    const { agent, opened, offerId } = await offered()
    const [answer, look] = await Promise.all([
      refusal(answerOffer(database.db, { offerId, agentId: agent, accepted: true })),
      seek(opened, { fresh: false, expiringOfferId: offerId }),
    ])
    const after = await seek(opened, { fresh: false })
    if (answer === 'taken') {
      expect(look.accepted ?? after.accepted).toMatchObject({ offerId, agentId: agent, accepted: true })
      expect(await presence(agent)).toMatchObject({ status: 'busy' })
    } else {
      expect(after.accepted).toBeUndefined()
      expect(await presence(agent)).toMatchObject({ status: 'break', reason: 'missed_offer' })
    }
  })

  test('of another agent, or to no offer at all, is refused', async () => {
    const { offerId } = await offered()
    await availableAgents(database.db, 2)
    expect(await refusal(answerOffer(database.db, { offerId, agentId: 'agent-2', accepted: true }))).toBe('not_yours')
    expect(await refusal(answerOffer(database.db, { offerId: 'offer_none', agentId: 'agent-1', accepted: true }))).toBe('unknown')
  })

  test('after its time is refused, even when nobody has expired it yet', async () => {
    const { agent, offerId } = await offered()
    await database.db.offer.update({ where: { id: offerId }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await refusal(answerOffer(database.db, { offerId, agentId: agent, accepted: true }))).toBe('answered')
  })

  test('missed: the agent is not available until they say so, and is not asked again in this search', async () => {
    const { agent, opened, offerId } = await offered()
    expect((await seek(opened, { fresh: false, expiringOfferId: offerId })).offer).toBeUndefined()
    expect(await presence(agent)).toMatchObject({ status: 'break', reason: 'missed_offer', caseId: null })
    await setPresence(database.db, agent, { status: 'available' })
    expect((await seek(opened, { fresh: false })).offer).toBeUndefined()
    expect(await offerWaitingCase(database.db, agent)).toBeUndefined()
    expect((await seek(opened, { fresh: true })).offer?.agentId).toBe(agent)
  })

  test('declined: the agent stays available for other cases, and is not asked again in this search', async () => {
    const { agent, opened, offerId } = await offered()
    await answerOffer(database.db, { offerId, agentId: agent, accepted: false, reason: 'no_language' })
    expect(await presence(agent)).toMatchObject({ status: 'available', caseId: null })
    expect((await seek(opened, { fresh: false })).offer).toBeUndefined()
    expect((await seek((await openCases(1))[0]!)).offer?.agentId).toBe(agent)
  })

  test('nobody is needed any more: the agent is free at once and did nothing wrong', async () => {
    const { agent, opened, offerId } = await offered()
    expect(await seek(opened, { fresh: false, intent: 'withdraw' })).toMatchObject({ freeSoon: 0 })
    expect(await presence(agent)).toMatchObject({ status: 'available', caseId: null, reason: null })
    expect((await offers())[0]).toMatchObject({ id: offerId, status: 'withdrawn' })
  })

  test('a search that is begun twice, because its answer was lost, does not lose an acceptance', async () => {
    const { agent, opened, offerId } = await offered()
    await answerOffer(database.db, { offerId, agentId: agent, accepted: true })
    expect(await seek(opened, { fresh: true })).toMatchObject({ accepted: { offerId, agentId: agent, accepted: true } })
    expect(await database.db.riskCase.findUnique({ where: { id: opened.caseId } })).toMatchObject({ agentId: agent })
  })
})

describe('presence', () => {
  test('what an agent chooses during a call takes effect afterwards', async () => {
    const [agent] = await availableAgents(database.db, 1)
    const [opened] = await openCases(1)
    const { offer } = await seek(opened!)
    await answerOffer(database.db, { offerId: offer!.offerId, agentId: agent!, accepted: true })
    await setPresence(database.db, agent!, { status: 'break', reason: 'lunch' })
    expect(await presence(agent!)).toMatchObject({ status: 'busy', next: 'break', caseId: opened!.caseId })
  })

  test('a wrap-up ends by itself when its time is up, and earlier when the agent says so', async () => {
    const agents = await availableAgents(database.db, 2)
    const wrapUp = (userId: string, seconds: number) =>
      database.db.presence.update({ where: { userId }, data: { status: 'wrap_up', wrapUpUntil: new Date(Date.now() + seconds * 1_000) } })
    await wrapUp(agents[0]!, 30)
    await wrapUp(agents[1]!, -1)
    const [a, b, c] = await openCases(3)
    expect((await seek(a!)).offer?.agentId).toBe(agents[1])
    const nobodyYet = await seek(b!)
    expect(nobodyYet.nextFreeAt).toEqual(expect.any(String))
    expect(nobodyYet.offer).toBeUndefined()
    await setPresence(database.db, agents[0]!, { status: 'available' })
    // Whoever looks: the agent is for the case that has waited.
    expect((await seek(c!)).offeredElsewhere).toMatchObject([{ caseId: b!.caseId, agentId: agents[0] }])
  })

  test('how things stand tells how many come free soon, how many ring without an agent, and who waits ahead', async () => {
    const [agent] = await availableAgents(database.db, 1)
    await database.db.presence.update({ where: { userId: agent! }, data: { status: 'wrap_up', wrapUpUntil: new Date(Date.now() + (defaultPolicy.ringSeconds / 2 - 2) * 1_000) } })
    const [first, second] = await openCases(2)
    await seek(first!)
    await database.db.attempt.create({ data: { id: `${first!.caseId}.1`, caseId: first!.caseId, number: 1, phone: '+8613800000001', mode: 'automated', status: 'ringing' } })
    expect(await seek(second!)).toMatchObject({ freeSoon: 1, ringingWithoutAgent: 1, waitingAhead: 1 })
  })
})
