import { appointmentMade, callEnded, callNow } from '../../domain/messages'
import { busy, machine, ringsOut, talks, type Line } from './pretendCalls'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

const modes = (scene: Awaited<ReturnType<Stage['scene']>>) => scene.calls.map(({ request }) => request.mode)

describe('a queue dials as it says', () => {
  test('automated: at once, without looking for an agent', async () => {
    const scene = await stage.scene({ look: { dialNow: 'automated' }, lines: [ringsOut], policy: { maxAttempts: 1 } })
    await scene.flag()
    await scene.ends()
    expect(modes(scene)).toEqual(['automated'])
    expect(scene.offers).toEqual([])
    expectSeconds(scene.when('dial'), 0)
  })

  test('customer first: at once, and the agent who is put through may give the verdict', async () => {
    const answers: Line = (call) =>
      call.after(4, async () => {
        await call.reach(false, 'agent-7')
        await call.after(10, () => call.scene.giveVerdicts('owner_confirmed', undefined, 'agent-7'))
        await call.after(30, () => call.end('contact'))
      })
    const scene = await stage.scene({ look: { dialNow: 'customer_first' }, lines: [answers] })
    await scene.flag()
    await scene.ends()
    expect(modes(scene)).toEqual(['customer_first'])
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { actor: 'agent:agent-7' } }])
  })

  test('preview: when the agent says so', async () => {
    const scene = await stage.scene({ look: { dialMode: 'preview' }, lines: [talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    await scene.after(20, () => scene.tell(callNow, { agentId: 'agent-1' }))
    await scene.ends()
    expectSeconds(scene.when('dial'), 20)
  })

  test('preview: by itself when the time for looking is over, and in time for the promise', async () => {
    const slow = await stage.scene({ look: { dialMode: 'preview' }, lines: [talks({ verdict: 'owner_confirmed' })] })
    await slow.flag()
    await slow.ends()
    expectSeconds(slow.when('dial'), 2 + slow.policy.previewSeconds)
    const urgent = await stage.scene({ look: { dialMode: 'preview' }, lines: [talks({ verdict: 'owner_confirmed' })] })
    await urgent.flag({ deadlineIn: 80 })
    await urgent.ends()
    expectSeconds(urgent.when('dial'), 80 - urgent.policy.dialReserveSeconds)
  })
})

describe('whoever was met badly is rung with an agent reserved from then on', () => {
  const abandoned: Line = (call) =>
    call.after(4, async () => {
      await call.reach(true)
      await call.after(8, () => call.scene.tell(callEnded, { attemptId: call.attemptId, outcome: 'no_contact', abandoned: true }))
    })

  test.each([
    ['an abandoned call', abandoned],
    ['a machine', machine],
  ])('after %s', async (_what, line) => {
    const scene = await stage.scene({ agents: ['nobody'], look: { freeSoon: 1 }, lines: [line, busy], policy: { maxAttempts: 3, holdExpirySeconds: 3_600 } })
    await scene.flag()
    await scene.after(1_000, () => void (scene.script.agents = ['accepts']))
    await scene.ends()
    expect(modes(scene)[0]).toBe('customer_first')
    expect(modes(scene).slice(1)).toEqual(['agent_first', 'agent_first'])
    expect(scene.when('dial', 1)).toBeGreaterThan(1_000)
  })

  test('unless a payment that joins is owed a ring: then by keypress, and in time', async () => {
    const scene = await stage.scene({ agents: ['nobody'], look: { freeSoon: 1 }, lines: [machine, busy], policy: { maxAttempts: 2, holdExpirySeconds: 900 } })
    await scene.flag()
    await scene.after(400, () => scene.flag())
    await scene.ends()
    expect(modes(scene)).toEqual(['customer_first', 'automated'])
    expectSeconds(scene.when('dial', 1), 400 + 180 - scene.policy.dialReserveSeconds)
  })
})

describe('an appointment', () => {
  const wishesToBeCalled =
    (inSeconds: number, verdict?: 'owner_confirmed'): Line =>
    (call) =>
      call.after(4, async () => {
        await call.reach(false)
        await call.after(10, async () => call.scene.tell(appointmentMade, { at: new Date((await call.scene.clock.now()) + inSeconds * 1_000).toISOString() }))
        await call.after(20, () => call.end('contact'))
        if (verdict) await call.after(12, () => call.scene.giveVerdicts(verdict))
      })

  test('is kept: the phone rings then and not before, the same agent is asked first, the funds stay held', async () => {
    const scene = await stage.scene({ lines: [wishesToBeCalled(7_200), talks({ verdict: 'owner_confirmed' })], policy: { maxAttempts: 1 } })
    await scene.flag()
    await scene.ends()
    expect(scene.calls.map(({ request }) => request.reason)).toEqual(['first', 'appointment'])
    expectSeconds(scene.when('dial', 1) - scene.when('dial'), 4 + 10 + 7_200 + 2)
    expect(scene.noted('look').at(-1)).toMatchObject({ preferredAgentId: 'agent-1' })
    expect(scene.when('settle')).toBeGreaterThan(scene.when('dial', 1))
  })

  test('made by the payer while the case pauses is waited for, and a later wish replaces it', async () => {
    const scene = await stage.scene({ lines: [busy, talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    const at = (seconds: number) => ({ at: new Date(scene.startedAt + seconds * 1_000).toISOString() })
    await scene.after(30, () => scene.tell(appointmentMade, at(3_600)))
    await scene.after(600, () => scene.tell(appointmentMade, at(1_800)))
    await scene.ends()
    expectSeconds(scene.when('dial', 1), 1_800 + 2)
  })

  test('does not keep a payment that joins from its ring, nor the default from a hold that expires', async () => {
    const scene = await stage.scene({ lines: [busy], policy: { maxAttempts: 2, holdExpirySeconds: 2_400 } })
    await scene.flag()
    await scene.after(30, () => scene.tell(appointmentMade, { at: new Date(scene.startedAt + 9_000_000).toISOString() }))
    await scene.after(900, () => scene.flag())
    await scene.ends()
    expectSeconds(scene.when('dial', 1), 900 + 2)
    expect(scene.noted('settle')).toMatchObject([{ decision: { ending: 'hold_expired' } }, { decision: { ending: 'hold_expired' } }])
  })
})
