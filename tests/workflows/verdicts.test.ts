import { WorkflowUpdateFailedError } from '@temporalio/client'
import { defaultPolicy } from '../../domain/policy'
import { verdictKinds } from '../../domain/money'
import { presses, ringsOut, talks, type Line } from './pretendCalls'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

test.each(verdictKinds)('the verdict %s becomes its action by policy', async (verdict) => {
  const scene = await stage.scene({ lines: [talks({ verdict })] })
  await scene.flag()
  await scene.ends()
  const { funds, restrictAccount } = defaultPolicy.verdictActions[verdict]
  expect(scene.noted('settle')).toMatchObject([{ funds, restrictAccount, decision: { by: 'verdict', actor: 'agent:agent-1', verdict: { verdict } } }])
  expect(scene.calls).toHaveLength(1)
})

test('each payment has a verdict of its own', async () => {
  const scene = await stage.scene({
    lines: [
      (call) =>
        call.after(4, async () => {
          await call.reach(false)
          const [first, second] = call.scene.paymentIds
          await call.after(10, () => call.scene.giveVerdicts('owner_confirmed', [first!]))
          await call.after(20, () => call.scene.giveVerdicts('not_owner', [second!]))
          await call.after(30, () => call.end('contact'))
        }),
    ],
  })
  await scene.flag()
  await scene.flag()
  await scene.ends()
  expect([...scene.payments.values()].map(({ final }) => final)).toEqual(['release', 'freeze'])
})

test('who is decided before the phone rings is not rung', async () => {
  const scene = await stage.scene({ ledger: (kind, nth) => ({ status: kind === 'hold' && nth === 1 ? 'pending' : 'confirmed' }) })
  await scene.flag()
  await scene.after(6, () => scene.giveVerdicts('not_owner').then(() => undefined))
  await scene.ends()
  expect(scene.calls).toHaveLength(0)
  expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', decision: { by: 'verdict' } }])
})

test('a missing verdict after the wrap-up goes to another agent', async () => {
  const scene = await stage.scene({ lines: [talks(), talks({ verdict: 'owner_confirmed' })] })
  await scene.flag()
  await scene.ends()
  expectSeconds(scene.when('look', 1) - scene.when('ended'), defaultPolicy.wrapUpSeconds + 1 + defaultPolicy.retrySeconds.contact)
  expect(scene.calls.map(({ request }) => request.agentId)).toEqual(['agent-1', 'agent-2'])
  expect(scene.noted('settle')).toMatchObject([{ decision: { actor: 'agent:agent-2' } }])
})

test('a verdict within the wrap-up is taken, and nobody is rung again', async () => {
  const scene = await stage.scene({
    lines: [
      (call) =>
        call.after(4, async () => {
          await call.reach(false)
          await call.after(20, () => call.end('contact'))
          await call.scene.after(40, () => call.scene.giveVerdicts('scam'))
        }),
    ],
  })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
  expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', restrictAccount: false }])
})

describe('a release before the payer was reached', () => {
  const early =
    (then: Line): Line =>
    async (call) => {
      await call.after(2, () => call.scene.giveVerdicts('owner_confirmed').then(({ verdicts }) => call.scene.note('told', { effect: verdicts[0]!.effect })))
      await then(call)
    }

  test('waits for contact', async () => {
    const scene = await stage.scene({ lines: [early((call) => call.after(8, () => call.reach(false).then(() => call.after(10, () => call.end('contact')))))] })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('told')).toMatchObject([{ effect: 'waits_for_contact' }])
    expect(scene.noted('verdict waits')).toHaveLength(1)
    expectSeconds(scene.when('settle') - scene.when('dial'), 8)
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
  })

  test('comes to nothing when nobody answers', async () => {
    const scene = await stage.scene({ lines: [early(ringsOut)], policy: { maxAttempts: 1 } })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', decision: { by: 'default', ending: 'unreachable' } }])
  })

  test('does not come true by the contact of another agent', async () => {
    const scene = await stage.scene({ lines: [early(ringsOut), talks({ verdict: 'not_owner' })] })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', decision: { actor: 'agent:agent-2' } }])
  })
})

test('what keeps the money takes effect before anybody answers', async () => {
  const scene = await stage.scene({
    lines: [(call) => call.after(3, () => call.scene.giveVerdicts('not_owner').then(() => call.after(5, () => call.end('no_answer'))))],
  })
  await scene.flag()
  await scene.ends()
  expectSeconds(scene.when('settle') - scene.when('dial'), 3)
  expect(scene.calls).toHaveLength(1)
})

describe('refused', () => {
  async function refusal(given: (scene: Awaited<ReturnType<Stage['scene']>>) => Promise<unknown>): Promise<unknown> {
    let refused: unknown
    const scene = await stage.scene({
      lines: [
        (call) =>
          call.after(4, async () => {
            await call.reach(false)
            await call.after(5, async () => {
              const { name, cause } = await given(scene).then(
                () => ({ name: 'taken', cause: undefined }),
                (error: unknown) => (error instanceof WorkflowUpdateFailedError ? error : Promise.reject(error)),
              )
              refused = (cause as { type?: string } | undefined)?.type ?? name
            })
            await call.after(30, () => call.end('contact'))
          }),
      ],
      policy: { maxAttempts: 1 },
    })
    await scene.flag()
    await scene.ends()
    return refused
  }

  test('a second verdict on a decided payment', async () => {
    expect(await refusal((scene) => scene.giveVerdicts('scam').then(() => scene.giveVerdicts('owner_confirmed', [scene.paymentIds[0]!])))).toBe(
      'AlreadyDecided',
    )
  })
  test('a verdict on a payment of another case', async () => {
    expect(await refusal((scene) => scene.giveVerdicts('scam', ['somebody-elses']))).toBe('UnknownPayment')
  })
  test('a verdict by an agent who does not have the case', async () => {
    expect(await refusal((scene) => scene.giveVerdicts('owner_confirmed', undefined, 'agent-99'))).toBe('NotYourCase')
  })
})

describe('keypress', () => {
  const small = { score: 30, amount: { amount: 5_000, currency: 'CNY' } }

  test('1 releases a small payment of little risk, without anybody', async () => {
    const scene = await stage.scene({ agents: ['nobody'], lines: [presses('1')] })
    await scene.flag(small)
    await scene.ends()
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { actor: 'payer:keypress', verdict: { verdict: 'owner_confirmed' } } }])
  })

  test.each([
    ['a large amount', { ...small, amount: { amount: 100_000, currency: 'CNY' } }],
    ['a high score', { ...small, score: 60 }],
  ])('1 on %s waits for a person, with the funds held', async (_, payment) => {
    const scene = await stage.scene({ agents: ['nobody'], lines: [presses('1'), talks({ verdict: 'owner_confirmed' })], policy: { holdExpirySeconds: 7_200 } })
    await scene.flag(payment)
    await scene.after(3_000, () => void (scene.script.agents = ['accepts']))
    await scene.ends()
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { actor: 'agent:agent-1' } }])
    expect(scene.when('settle')).toBeGreaterThan(3_000)
    expect(scene.calls.map(({ request }) => request.mode)).toEqual(['automated', 'agent_first'])
  })

  test('2 waits for a person until the hold expires, then ends in the declared default for a denial', async () => {
    const scene = await stage.scene({
      agents: ['nobody'],
      lines: [presses('2')],
      policy: { holdExpirySeconds: 3_600, defaultActions: { ...defaultPolicy.defaultActions, denied_by_keypress: 'refund' } },
    })
    await scene.flag(small)
    await scene.ends()
    expect(scene.calls).toHaveLength(1)
    expectSeconds(scene.when('settle'), 3_600)
    expect(scene.noted('settle')).toMatchObject([{ funds: 'refund', decision: { by: 'default', ending: 'denied_by_keypress' } }])
  })

  test('1 after 2 counts: the last word of the payer', async () => {
    const scene = await stage.scene({
      agents: ['nobody'],
      lines: [
        (call) =>
          call.after(5, () =>
            call
              .press('2')
              .then(() => call.press('1'))
              .then(() => call.after(5, () => call.end('contact'))),
          ),
      ],
    })
    await scene.flag(small)
    await scene.ends()
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
  })

  test('1 that was not heard when it was pressed counts when the call has ended', async () => {
    const scene = await stage.scene({
      agents: ['nobody'],
      lines: [(call) => call.after(5, () => call.end('contact', { keys: [{ paymentId: call.scene.paymentIds[0]!, digit: '1' }] }))],
    })
    await scene.flag(small)
    await scene.ends()
    expect(scene.calls).toHaveLength(1)
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { actor: 'payer:keypress' } }])
  })

  test('a repeated keypress decides once', async () => {
    const scene = await stage.scene({
      agents: ['nobody'],
      lines: [
        (call) =>
          call.after(5, () =>
            call
              .press('1')
              .then(() => call.press('1'))
              .then(() => call.after(5, () => call.end('contact'))),
          ),
      ],
    })
    await scene.flag(small)
    await scene.ends()
    expect(scene.noted('settle')).toHaveLength(1)
  })

  test('waiting a whole day for a person keeps the history small', async () => {
    const scene = await stage.scene({ agents: ['nobody'], lines: [presses('2')] })
    await scene.flag(small)
    await scene.ends()
    const { historyLength } = await scene.handle.describe()
    expect(historyLength).toBeLessThan(4_000)
  })
})
