import fc from 'fast-check'
import { defaultPolicy } from '../../domain/policy'
import { chatAgentIsThere, extendChat, finishChat, loseChat, releaseChat, wrapUpChat } from '../../records/chatsInHand'
import { inTransaction } from '../../records/database'
import { offerWaitingCase, reserveAgent, type ReservationRequest } from '../../records/matching'
import { answerOffer } from '../../records/offers'
import { releaseAgent, renewLease, setPresence } from '../../records/presence'
import { lockCase } from '../../records/timeline'
import { openCase } from '../api/flags'
import { startDatabase, type TestDatabase } from '../support/database'
import { availableAgents } from './people'

jest.setTimeout(120_000)
let database: TestDatabase
beforeAll(async () => void (database = await startDatabase()))
afterAll(() => database.stop())

type Opened = Awaited<ReturnType<typeof openCase>>
type Channel = 'voice' | 'chat'
const agentIds = ['agent-1', 'agent-2', 'agent-3']
/** The first has the policy's limit, the second may have one chat, the third takes none. */
const ownLimits = [null, 1, 0]
const limitOf = (agentId: string) => ownLimits[agentIds.indexOf(agentId)] ?? defaultPolicy.chatsPerAgent

const presence = (userId: string) => database.db.presence.findUniqueOrThrow({ where: { userId } })
const seek = ({ caseId, policyVersion }: Pick<Opened, 'caseId' | 'policyVersion'>, channel: Channel, more: Partial<ReservationRequest> = {}) =>
  reserveAgent(database.db, { caseId, policyVersion, fresh: true, intent: 'seek', ...(channel === 'chat' ? { chat: true } : {}), ...more })
const accept = (agentId: string, offerId: string) => answerOffer(database.db, { agentId, offerId, accepted: true })

async function beginAnew(): Promise<void> {
  const { db } = database
  await db.chatInHand.deleteMany()
  await db.riskCase.updateMany({ where: { status: { not: 'closed' } }, data: { status: 'closed', waitingSince: null } })
  await db.offer.updateMany({ where: { status: 'pending' }, data: { status: 'withdrawn' } })
  await availableAgents(db, agentIds.length)
  await db.presence.updateMany({ data: { status: 'break', reason: null, caseId: null, next: 'available', wrapUpUntil: null, chats: 0 } })
  for (const [index, id] of agentIds.entries()) await db.staffUser.update({ where: { id }, data: { chatLimit: ownLimits[index]! } })
}

/** The agent is free, the case is sought for, and they take it. */
async function given(channel: Channel, agentId = 'agent-1'): Promise<Opened> {
  const opened = await openCase(database.db)
  const { offer } = await seek(opened, channel)
  expect(offer?.agentId).toBe(agentId)
  await accept(agentId, offer!.offerId)
  return opened
}

const lose = (caseId: string, agentId: string) =>
  inTransaction(database.db, async (tx) => {
    await lockCase(tx, caseId)
    return loseChat(tx, caseId, agentId)
  })
const wrapUp = ({ caseId }: Opened, seconds: number) => inTransaction(database.db, (tx) => wrapUpChat(tx, caseId, seconds))

async function invariants(): Promise<void> {
  const { db } = database
  const [pending, chats, people] = await Promise.all([
    db.offer.findMany({ where: { status: 'pending' }, include: { case: { select: { channel: true } } } }),
    db.chatInHand.findMany(),
    db.presence.findMany(),
  ])
  expect(new Set(pending.map(({ agentId }) => agentId)).size).toBe(pending.length)
  expect(new Set(pending.map(({ caseId }) => caseId)).size).toBe(pending.length)
  for (const { userId, status, caseId, chats: counted } of people) {
    const theirs = chats.filter(({ agentId }) => agentId === userId)
    const offered = pending.filter(({ agentId }) => agentId === userId)
    expect(counted).toBe(theirs.length)
    expect(theirs.length + offered.filter((offer) => offer.case.channel === 'chat').length).toBeLessThanOrEqual(limitOf(userId))
    expect(offered.map((offer) => offer.caseId)).toEqual(status === 'offered' ? [caseId] : [])
    const inCall = caseId !== null && status === 'busy'
    const calls = Number(inCall) + offered.filter((offer) => offer.case.channel === 'voice').length
    // Never a second call, and never a call beside chats.
    expect(calls).toBeLessThanOrEqual(theirs.length > 0 ? 0 : 1)
    if (theirs.some(({ wrapUpUntil }) => wrapUpUntil === null)) expect(['busy', 'offered']).toContain(status)
  }
}

type Step = { what: 'case'; channel: Channel } | { what: 'free' | 'leave' | 'accept' | 'decline' | 'expire' | 'hang_up' | 'chat_over' | 'wrapped_up' | 'heard' | 'lost'; which: number; chat: number }
const channel = fc.constantFrom<Channel>('chat', 'chat', 'voice')
const one = <Name extends Step['what']>(...names: Name[]) => fc.record({ what: fc.constantFrom(...names), which: fc.nat(2), chat: fc.nat(2) })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('case' as const), channel }) },
  { weight: 4, arbitrary: one('accept', 'free') },
  { weight: 3, arbitrary: one('leave', 'decline', 'expire', 'hang_up', 'chat_over', 'wrapped_up', 'heard', 'lost') },
) as fc.Arbitrary<Step>

async function happen(taken: Step, opened: Map<string, Opened & { channel: Channel }>): Promise<void> {
  const { db } = database
  if (taken.what === 'case') {
    const theCase = await openCase(db)
    opened.set(theCase.caseId, { ...theCase, channel: taken.channel })
    return void (await seek(theCase, taken.channel))
  }
  const agentId = agentIds[taken.which]!
  const [offer, chats, { status, caseId }] = await Promise.all([
    db.offer.findFirst({ where: { agentId, status: 'pending' } }),
    db.chatInHand.findMany({ where: { agentId }, orderBy: { caseId: 'asc' } }),
    presence(agentId),
  ])
  const chat = chats.length > 0 ? chats[taken.chat % chats.length] : undefined
  const ofCase = offer && opened.get(offer.caseId)!
  const quietly = (work: Promise<unknown>) => work.catch(() => undefined)
  if (taken.what === 'free') await setPresence(db, agentId, { status: 'available' })
  if (taken.what === 'leave') await setPresence(db, agentId, { status: 'break' })
  if (taken.what === 'accept' && offer) await quietly(accept(agentId, offer.id))
  if (taken.what === 'decline' && offer) await quietly(answerOffer(db, { offerId: offer.id, agentId, accepted: false }))
  if (taken.what === 'expire' && offer && ofCase) await seek(ofCase, ofCase.channel, { fresh: false, expiringOfferId: offer.id })
  if (taken.what === 'hang_up' && status === 'busy' && caseId) await inTransaction(db, (tx) => releaseAgent(tx, caseId))
  if (taken.what === 'chat_over' && chat) await inTransaction(db, (tx) => wrapUpChat(tx, chat.caseId, taken.chat === 0 ? -1 : 60))
  if (taken.what === 'wrapped_up' && chat) await finishChat(db, agentId, chat.caseId)
  if (taken.what === 'lost' && chat) await lose(chat.caseId, agentId)
  if (taken.what === 'heard') await renewLease(db, agentId)
  await offerWaitingCase(db, agentId)
}

test('calls and chats that come and go at the same moments: no limit is ever passed, and one agent gets an offer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 3, maxLength: 7 }), { minLength: 3, maxLength: 5 }), async (rounds) => {
      await beginAnew()
      for (const agentId of agentIds) await setPresence(database.db, agentId, { status: 'available' })
      const opened = new Map<string, Opened & { channel: Channel }>()
      for (const round of rounds) {
        await Promise.all(round.map((taken) => happen(taken, opened)))
        await invariants()
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 5), endOnFailure: true },
  )
})

test('many matchers at once fill two agents exactly, and the others wait', async () => {
  await beginAnew()
  for (const agentId of agentIds) await setPresence(database.db, agentId, { status: 'available' })
  const chats = []
  for (let n = 0; n < 12; n++) chats.push(await openCase(database.db))
  await Promise.all(chats.map((opened) => seek(opened, 'chat')))
  for (let taken = -1; taken !== 0; ) {
    const pending = await database.db.offer.findMany({ where: { status: 'pending' } })
    taken = pending.length
    // Everybody answers, and everybody matches, at the same moment.
    await Promise.all(pending.map(({ agentId, id }) => accept(agentId, id)))
    await Promise.all([...agentIds, ...agentIds, ...agentIds].map((agentId) => offerWaitingCase(database.db, agentId)))
    await invariants()
  }
  const has = async (agentId: string) => (await presence(agentId)).chats
  expect(await Promise.all(agentIds.map(has))).toEqual([defaultPolicy.chatsPerAgent, 1, 0])
  expect(await database.db.riskCase.count({ where: { waitingSince: { not: null } } })).toBe(12 - defaultPolicy.chatsPerAgent - 1)
})

describe('an agent with chats', () => {
  beforeEach(async () => {
    await beginAnew()
    await setPresence(database.db, 'agent-1', { status: 'available' })
  })

  test('is offered chats and no call; without chats again, a call', async () => {
    const chat = await given('chat')
    const call = await openCase(database.db)
    expect((await seek(call, 'voice')).offer).toBeUndefined()
    // A call that is more urgent, but not for this agent, holds no chat up.
    const second = await given('chat')
    for (const { caseId } of [chat, second]) await inTransaction(database.db, (tx) => releaseChat(tx, caseId))
    expect(await presence('agent-1')).toMatchObject({ status: 'available', chats: 0, caseId: null })
    expect(await offerWaitingCase(database.db, 'agent-1')).toMatchObject({ caseId: call.caseId })
  })

  test('wraps one up while the others go on; the last wrap-up that ends makes them free', async () => {
    const [first, second] = [await given('chat'), await given('chat')]
    await wrapUp(first, 60)
    expect(await presence('agent-1')).toMatchObject({ status: 'busy', chats: 2 })
    expect(await extendChat(database.db, 'agent-1', first.caseId)).toBe(true)
    expect(await extendChat(database.db, 'agent-1', second.caseId)).toBe(false)
    await wrapUp(second, -1)
    // The second is over by the clock, the first is not.
    expect(await presence('agent-1')).toMatchObject({ status: 'wrap_up', chats: 1 })
    expect(await finishChat(database.db, 'agent-1', first.caseId)).toBe(true)
    expect(await presence('agent-1')).toMatchObject({ status: 'available', chats: 0, wrapUpUntil: null })
    expect(await finishChat(database.db, 'agent-1', first.caseId)).toBe(false)
  })

  test('wants a break: no chat more, and the break when the last one is over', async () => {
    const chat = await given('chat')
    await setPresence(database.db, 'agent-1', { status: 'break', reason: 'meal' })
    expect(await presence('agent-1')).toMatchObject({ status: 'busy', next: 'break' })
    expect((await seek(await openCase(database.db), 'chat')).offer).toBeUndefined()
    await inTransaction(database.db, (tx) => releaseChat(tx, chat.caseId))
    expect(await presence('agent-1')).toMatchObject({ status: 'break', reason: 'meal', next: 'available' })
  })

  test('who misses an offer keeps their chats and is offered nothing until they say so', async () => {
    await given('chat')
    const missed = await openCase(database.db)
    const { offer } = await seek(missed, 'chat')
    expect(await presence('agent-1')).toMatchObject({ status: 'offered', chats: 1 })
    await seek(missed, 'chat', { fresh: false, expiringOfferId: offer!.offerId })
    expect(await presence('agent-1')).toMatchObject({ status: 'busy', reason: 'missed_offer', next: 'break', chats: 1, caseId: null })
    const waiting = await openCase(database.db)
    expect((await seek(waiting, 'chat')).offer).toBeUndefined()
    await setPresence(database.db, 'agent-1', { status: 'available' })
    expect(await offerWaitingCase(database.db, 'agent-1')).toMatchObject({ caseId: waiting.caseId })
  })

  test('whose browser died gives every chat back, and is not there any more', async () => {
    const chats = [await given('chat'), await given('chat')]
    await database.db.presence.update({ where: { userId: 'agent-1' }, data: { leaseUntil: new Date(Date.now() - 1) } })
    for (const { caseId } of chats) {
      expect(await chatAgentIsThere(database.db, caseId, 'agent-1')).toBe(false)
      await lose(caseId, 'agent-1')
    }
    expect(await presence('agent-1')).toMatchObject({ status: 'offline', reason: 'connection_lost', chats: 0 })
    await setPresence(database.db, 'agent-2', { status: 'available' })
    expect((await seek(chats[0]!, 'chat')).offer).toMatchObject({ agentId: 'agent-2' })
  })

  test('gets calls too where policy says so, one at a time, and no chat during the call', async () => {
    const { version } = await database.db.policy.create({ data: { body: { ...defaultPolicy, callsBesideChats: true }, createdBy: 'user:admin' } })
    const besideChats = async () => ({ ...(await openCase(database.db)), policyVersion: version })
    await given('chat')
    const call = await besideChats()
    const { offer } = await seek(call, 'voice')
    await accept('agent-1', offer!.offerId)
    expect(await presence('agent-1')).toMatchObject({ status: 'busy', caseId: call.caseId, chats: 1 })
    expect((await seek(await besideChats(), 'voice')).offer).toBeUndefined()
    expect((await seek(await besideChats(), 'chat')).offer).toBeUndefined()
    await inTransaction(database.db, (tx) => releaseAgent(tx, call.caseId))
    expect(await presence('agent-1')).toMatchObject({ status: 'busy', caseId: null, chats: 1 })
  })
})
