import { agentLeft, caseMoved, offerMade, transferBegun, wrapUpExtended } from '../../domain/messages'
import { busy, ringsOut, talks, type Line, type PretendCall } from './pretendCalls'
import type { Scene } from './scene'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

describe('agent first', () => {
  test('the phone rings once an agent has accepted, and that agent has the call', async () => {
    const scene = await stage.scene({ lines: [talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    await scene.ends()
    expect(scene.calls.map(({ request }) => request)).toMatchObject([{ mode: 'agent_first', agentId: 'agent-1', number: 1, reason: 'first' }])
  })

  test('an offer that nobody answers moves on after 15 s', async () => {
    const scene = await stage.scene({ agents: ['ignores', 'accepts'], lines: [talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('offer expired')).toMatchObject([{ agentId: 'agent-1' }])
    expectSeconds(scene.when('offer', 1) - scene.when('offer'), 15)
    expect(scene.calls.map(({ request }) => request.agentId)).toEqual(['agent-2'])
  })

  test('a declined offer moves on at once', async () => {
    const scene = await stage.scene({ agents: ['declines', 'accepts'], lines: [talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('offer', 1) - scene.when('offer'), 2)
    expect(scene.noted('offer expired')).toEqual([])
  })

  test('an acceptance whose message was lost is found when the offer would expire', async () => {
    const scene = await stage.scene({ agents: ['ignores'], lines: [talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    await scene.after(5, () => void (scene.offers[0]!.status = 'accepted'))
    await scene.ends()
    expect(scene.calls.map(({ request }) => request)).toMatchObject([{ mode: 'agent_first', agentId: 'agent-1' }])
    expectSeconds(scene.when('dial'), 15)
  })

  test('an agent who becomes free while the case waits gets the offer at once', async () => {
    const scene = await stage.scene({ agents: ['nobody', 'nobody', 'nobody', 'ignores'], lines: [talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    await scene.after(13, async () => {
      scene.offers.push({ offerId: 'freed', agentId: 'agent-late', status: 'accepted', at: 13 })
      await scene.tell(offerMade, { offerId: 'freed', agentId: 'agent-late', expiresAt: new Date(scene.startedAt + 28_000).toISOString() })
      await scene.after(2, () => scene.answer({ offerId: 'freed', agentId: 'agent-late', accepted: true }))
    })
    await scene.ends()
    expect(scene.calls[0]!.request.agentId).toBe('agent-late')
    expectSeconds(scene.when('dial'), 15)
  })
})

describe('nobody is free', () => {
  test('automated, early enough for the promise', async () => {
    const scene = await stage.scene({ agents: ['nobody'], lines: [ringsOut], policy: { maxAttempts: 1 } })
    await scene.flag({ deadlineIn: 180 })
    await scene.ends()
    expect(scene.calls.map(({ request }) => request)).toMatchObject([{ mode: 'automated' }])
    expect(scene.calls[0]!.request.agentId).toBeUndefined()
    expectSeconds(scene.when('dial'), 180 - scene.policy.dialReserveSeconds)
  })

  test('customer first, when more agents come free than phones ring without one', async () => {
    const scene = await stage.scene({ agents: ['nobody'], look: { freeSoon: 2, ringingWithoutAgent: 1 }, lines: [ringsOut], policy: { maxAttempts: 1 } })
    await scene.flag()
    await scene.ends()
    expect(scene.calls.map(({ request }) => request.mode)).toEqual(['customer_first'])
  })

  test('as many phones ring as agents come free: automated', async () => {
    const scene = await stage.scene({ agents: ['nobody'], look: { freeSoon: 1, ringingWithoutAgent: 1 }, lines: [ringsOut], policy: { maxAttempts: 1 } })
    await scene.flag()
    await scene.ends()
    expect(scene.calls.map(({ request }) => request.mode)).toEqual(['automated'])
  })

  test('the calls owed before ours make us dial earlier', async () => {
    const scene = await stage.scene({ agents: ['nobody'], look: { backlogSeconds: 70 }, lines: [ringsOut], policy: { maxAttempts: 1 } })
    await scene.flag({ deadlineIn: 180 })
    await scene.ends()
    expectSeconds(scene.when('dial'), 180 - 60 - 70)
  })

  test('agents who all ignore it do not cost the promise', async () => {
    const scene = await stage.scene({ agents: ['ignores'], lines: [ringsOut], policy: { maxAttempts: 1 } })
    await scene.flag({ deadlineIn: 180 })
    await scene.ends()
    expect(scene.when('dial')).toBeLessThan(180 - scene.policy.ringSeconds)
    expect(scene.calls[0]!.request.mode).toBe('automated')
    // The last offer has expired, so that nobody accepts a case that goes on without them.
    expect(scene.offers.filter(({ status }) => status === 'pending')).toEqual([])
  })

  test('a payment flagged late is dialled after the time of one offer', async () => {
    const scene = await stage.scene({ agents: ['nobody'], lines: [ringsOut], policy: { maxAttempts: 1 } })
    await scene.flag({ deadlineIn: -600 })
    await scene.ends()
    expectSeconds(scene.when('dial'), scene.policy.offerSeconds)
  })

  test('the next attempt seeks an agent again, but not for ever', async () => {
    const scene = await stage.scene({ agents: ['nobody'], lines: [busy], policy: { maxAttempts: 2 } })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('dial', 1) - scene.when('ended'), 60 + scene.policy.dialReserveSeconds)
  })
})

describe('a payer who is on the line without an agent', () => {
  const answersWithoutAgent: Line = (call) =>
    call.after(4, async () => {
      await call.reach(true)
      await call.after(200, () => call.end('no_contact'))
    })

  test('is joined by the next agent, who may record the verdict', async () => {
    const scene = await stage.scene({
      agents: ['nobody'],
      lines: [
        async (call) => {
          call.scene.script.agents = ['accepts']
          await call.after(4, async () => {
            await call.reach(true)
            await call.after(20, () => call.scene.giveVerdicts('owner_confirmed'))
            await call.after(40, () => call.end('contact'))
          })
        },
      ],
    })
    await scene.flag()
    await scene.ends()
    expect(scene.calls).toHaveLength(1)
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { by: 'verdict', actor: 'agent:agent-1' } }])
  })

  test('waits no longer than policy says, is told so, and is rung again', async () => {
    const scene = await stage.scene({ agents: ['nobody'], lines: [answersWithoutAgent], policy: { maxAttempts: 1, holdExpirySeconds: 3_600 } })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('apology') - scene.when('dial'), 4 + scene.policy.maxHoldingSeconds)
  })
})

describe('an agent whose leg leaves a live call', () => {
  const losesAgent: Line = (call) =>
    call.after(4, async () => {
      await call.reach(false)
      await call.after(10, () => call.scene.tell(agentLeft, { attemptId: call.attemptId, agentId: call.scene.agentId }))
      await call.after(60, () => call.scene.giveVerdicts('scam'))
      await call.after(90, () => call.end('contact'))
    })

  test('and comes back keeps the call', async () => {
    const scene = await stage.scene({ lines: [losesAgent], agentComesBack: true })
    await scene.flag()
    await scene.ends()
    expect(scene.offers).toHaveLength(1)
    expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:agent-1' } }])
  })

  test('and does not come back is replaced while the payer stays', async () => {
    const scene = await stage.scene({ lines: [losesAgent] })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('offer', 1) - scene.when('dial'), 4 + 10 + 15)
    expect(scene.calls).toHaveLength(1)
    expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:agent-2' } }])
  })

  test('after everything is decided ends the call', async () => {
    const scene = await stage.scene({
      lines: [
        (call) =>
          call.after(4, async () => {
            await call.reach(false)
            await call.after(10, () => call.scene.giveVerdicts('owner_confirmed'))
            await call.after(20, () => call.scene.tell(agentLeft, { attemptId: call.attemptId, agentId: call.scene.agentId }))
          }),
      ],
    })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('call ended by us')).toHaveLength(1)
  })
})

describe('an agent whose browser went away in mid-call', () => {
  const losesBrowser =
    (verdictAfter: number): Line =>
    (call) =>
      call.after(4, async () => {
        await call.reach(false)
        await call.after(verdictAfter, () => call.scene.giveVerdicts('owner_confirmed'))
        await call.after(10, () => call.scene.tell(agentLeft, { attemptId: call.attemptId, agentId: call.scene.agentId, unconfirmed: true }))
        await call.after(90, () => call.end('contact'))
      })

  test('keeps the call while the provider has them in it, and the case looks again soon', async () => {
    const scene = await stage.scene({ lines: [losesBrowser(40)], agentComesBack: true })
    await scene.flag()
    await scene.ends()
    expect(scene.offers).toHaveLength(1)
    expect(scene.noted('call ended by us')).toEqual([])
    const [asked, again] = scene.noted('poll').map((_, index) => scene.when('poll', index))
    expectSeconds(again! - asked!, 15)
  })

  test('is replaced when the talk has lost them', async () => {
    const scene = await stage.scene({ lines: [losesBrowser(60)] })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('offer', 1) - scene.when('dial'), 4 + 10 + 15)
    expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:agent-2' } }])
  })

  test('with everything decided, the call ends only when they are really gone', async () => {
    const scene = await stage.scene({ lines: [losesBrowser(5)] })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('call ended by us') - scene.when('dial'), 4 + 10 + 15)
  })
})

describe('a supervisor who takes the call over', () => {
  const takeOverAfter =
    (seconds: number, more: (call: PretendCall) => Promise<unknown>): Line =>
    (call) =>
      call.after(4, async () => {
        await call.reach(call.request.agentId === undefined)
        await call.after(seconds, () => {
          call.scene.takenBy = 'boss'
          return call.scene.tell(caseMoved, { toAgentId: 'boss', fromAgentId: call.request.agentId ?? null })
        })
        await more(call)
        await call.after(90, () => call.end('contact'))
      })

  test('has the verdict alone', async () => {
    const scene = await stage.scene({
      lines: [
        takeOverAfter(10, async (call) => {
          await call.after(20, async () => {
            await expect(call.scene.giveVerdicts('scam', undefined, 'agent-1')).rejects.toMatchObject({ cause: { type: 'NotYourCase' } })
            await call.scene.giveVerdicts('owner_confirmed', undefined, 'boss')
          })
        }),
      ],
    })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:boss' } }])
    expect(scene.noted('floor given')).toMatchObject([{ agentId: 'boss', goneAgentId: 'agent-1' }])
  })

  test('keeps it when the agent’s leg leaves meanwhile', async () => {
    const scene = await stage.scene({
      lines: [
        takeOverAfter(20, async (call) => {
          await call.after(10, () => call.scene.tell(agentLeft, { attemptId: call.attemptId, agentId: 'agent-1' }))
          await call.after(60, () => call.scene.giveVerdicts('scam', undefined, 'boss'))
        }),
      ],
    })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('asked whether the agent is back')).toEqual([])
    expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:boss' } }])
  })

  test('ends the search for an agent', async () => {
    const scene = await stage.scene({
      agents: ['nobody'],
      // Not at the moment of a look: the test server does not take a message and a timer in one instant well.
      lines: [takeOverAfter(7, (call) => call.after(40, () => call.scene.giveVerdicts('owner_confirmed', undefined, 'boss')))],
    })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('apology')).toEqual([])
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { actor: 'agent:boss' } }])
  })
})

test('a verdict in a wrap-up that was made longer is taken', async () => {
  const scene = await stage.scene({
    lines: [
      (call) =>
        call.after(4, async () => {
          await call.reach(false)
          await call.after(10, () => call.end('contact'))
          await call.scene.after(25, () => call.scene.tell(wrapUpExtended, { agentId: 'agent-1', until: new Date(Date.now()).toISOString() }))
          await call.scene.after(30, async () => {
            const until = new Date((await call.scene.clock.now()) + 60_000).toISOString()
            await call.scene.tell(wrapUpExtended, { agentId: 'agent-1', until })
          })
          await call.scene.after(80, () => call.scene.giveVerdicts('scam', undefined, 'agent-1'))
        }),
    ],
  })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
  expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:agent-1' } }])
})

test('a call that is handed over goes from colleague to colleague until one comes in; nobody answering leaves it where it is', async () => {
  const until = (now: number, seconds: number, scene: Scene) => new Date(scene.startedAt + (now + seconds) * 1_000).toISOString()
  const scene = await stage.scene({
    lines: [
      (call) =>
        call.after(4, async () => {
          await call.reach(false)
          await call.after(10, async () => {
            const offer = { offerId: 'first', agentId: 'agent-2', expiresAt: until(await call.scene.secondsNow(), 15, call.scene) }
            await call.scene.tell(transferBegun, { transferId: 'xfer', offer })
          })
          await call.after(60, () => call.scene.giveVerdicts('scam', undefined, 'agent-1'))
          await call.after(80, () => call.end('contact'))
        }),
    ],
  })
  let offers = 1
  scene.script.nextTransferOffer = (now) => (offers++ < 2 ? { offerId: 'second', agentId: 'agent-3', expiresAt: until(now, 15, scene) } : undefined)
  await scene.flag()
  await scene.ends()
  expect(scene.noted('transfer offered again').map(({ offerId }) => offerId)).toEqual(['first', 'second'])
  expectSeconds(scene.when('transfer offered again', 1) - scene.when('transfer offered again'), 15)
  expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:agent-1' } }])
})
