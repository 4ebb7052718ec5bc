import { callEnded, callNow } from '../../domain/messages'
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
