import { attemptOutcomes, type AttemptOutcome } from '../../domain/status'
import { payerCalled } from '../../domain/messages'
import { defaultPolicy } from '../../domain/policy'
import { busy, hangsUp, machine, outOfReach, refused, rejects, ringsOut, talks, type Line } from './pretendCalls'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

const untilAnAgentAccepts = 2

describe('each outcome has its own delay before the phone rings again', () => {
  const lines: Record<AttemptOutcome, Line> = {
    busy,
    canceled: rejects,
    failed: outOfReach,
    no_answer: ringsOut,
    no_contact: hangsUp,
    voicemail: machine,
    contact: talks({ seconds: 20 }),
  }
  const retrySeconds = { busy: 60, canceled: 70, failed: 80, no_answer: 90, no_contact: 100, voicemail: 110, contact: 120 }

  test.each(attemptOutcomes.filter((outcome) => outcome !== 'contact'))('%s', async (outcome) => {
    const scene = await stage.scene({ lines: [lines[outcome], ringsOut], policy: { maxAttempts: 2, retrySeconds } })
    await scene.flag()
    await scene.ends()
    expect(scene.noted('ended')[0]).toMatchObject({ outcome })
    expectSeconds(scene.when('dial', 1) - scene.when('ended'), retrySeconds[outcome] + untilAnAgentAccepts)
    expect(scene.calls[1]!.request.reason).toBe(outcome)
  })

  test('contact without a verdict: after the wrap-up', async () => {
    const scene = await stage.scene({ lines: [lines.contact, ringsOut], policy: { maxAttempts: 2, retrySeconds } })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('dial', 1) - scene.when('ended'), defaultPolicy.wrapUpSeconds + 1 + 120 + untilAnAgentAccepts)
  })

  test('a busy phone by the policy of a fresh installation: 60 s', async () => {
    const scene = await stage.scene({ lines: [busy, talks({ verdict: 'owner_confirmed' })] })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('dial', 1) - scene.when('ended'), 60 + untilAnAgentAccepts)
    expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { by: 'verdict' } }])
  })
})

test('attempts go round the numbers of the payer', async () => {
  const phones = ['+8613800000001', '+8613800000002', '+8613800000003']
  const scene = await stage.scene({ lines: [busy] })
  await scene.flag({ phones })
  await scene.ends()
  expect(scene.calls.map(({ request }) => request.phone)).toEqual([phones[0], phones[1], phones[2], phones[0], phones[1]])
})

test('a number that the provider refuses is passed over from then on', async () => {
  const phones = ['+8613800000001', '+8613800000002']
  const scene = await stage.scene({ lines: [refused, busy] })
  await scene.flag({ phones })
  await scene.ends()
  expect(scene.calls.map(({ request }) => request.phone)).toEqual([phones[0], phones[1], phones[1], phones[1], phones[1]])
  expect(scene.calls[1]!.request.reason).toBe('failed')
})

test('numbers of a payment that joins are added', async () => {
  const scene = await stage.scene({ lines: [busy, busy, ringsOut], policy: { maxAttempts: 2 } })
  await scene.flag({ phones: ['+8613800000001'] })
  await scene.after(20, () => scene.flag({ phones: ['+8613800000001', '+8613800000002'] }).then(() => undefined))
  await scene.ends()
  expect(scene.calls.map(({ request }) => request.phone)).toContain('+8613800000002')
})

test('the cap on attempts leads to the declared default, once the ledger has confirmed it', async () => {
  const scene = await stage.scene({
    lines: [ringsOut],
    policy: { maxAttempts: 3, defaultActions: { ...defaultPolicy.defaultActions, unreachable: 'refund' } },
  })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(3)
  expect(scene.noted('settle')).toMatchObject([{ funds: 'refund', restrictAccount: false, decision: { by: 'default', ending: 'unreachable' } }])
  expect(scene.payments.get(scene.paymentIds[0]!)?.final).toBe('refund')
  expect(scene.noted('closed')).toHaveLength(1)
})

test('the cap on calls to one person ends the calling at once', async () => {
  const scene = await stage.scene({ lines: [async ({ attemptId }) => ({ made: false, attemptId, reason: 'person_cap' })] })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
  expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', decision: { ending: 'unreachable' } }])
})

test('the hold expires while the phone is still being rung: its own declared default', async () => {
  const scene = await stage.scene({
    lines: [ringsOut],
    policy: { maxAttempts: 50, holdExpirySeconds: 600, defaultActions: { ...defaultPolicy.defaultActions, hold_expired: 'release' } },
  })
  await scene.flag()
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release', decision: { ending: 'hold_expired' } }])
  expectSeconds(scene.when('settle'), 600)
})

test('a machine gets a message, once, and the line is let go', async () => {
  const scene = await stage.scene({ lines: [machine], policy: { maxAttempts: 1 } })
  await scene.flag()
  await scene.ends()
  expect(scene.noted('voicemail')).toHaveLength(1)
  expectSeconds(scene.when('voicemail') - scene.when('dial'), 5)
  expect(scene.noted('settle')).toMatchObject([{ decision: { ending: 'unreachable' } }])
})

describe('a call whose callbacks never come is found by polling', () => {
  test('one that rang out', async () => {
    const scene = await stage.scene({
      lines: [(call) => call.after(25, () => call.end('no_answer', { heard: false })), busy],
      policy: { maxAttempts: 2 },
    })
    await scene.flag()
    await scene.ends()
    expectSeconds(scene.when('poll') - scene.when('dial'), defaultPolicy.ringSeconds + 20)
    expect(scene.calls[1]!.request.reason).toBe('no_answer')
  })

  test('one that was answered and is still going on is left alone, and asked about less often', async () => {
    const scene = await stage.scene({
      lines: [
        async (call) => {
          await call.after(3, () => void (call.answered = true))
          await call.after(500, () => call.end('no_contact', { heard: false }))
        },
      ],
      policy: { maxAttempts: 1 },
    })
    await scene.flag()
    await scene.ends()
    const polls = scene.noted('poll').map(({ at }) => at - scene.when('dial'))
    expect(polls).toHaveLength(5)
    for (const [index, seconds] of [45, 105, 225, 465, 765].entries()) expectSeconds(polls[index]!, seconds)
  })
})

test('a call that could not be made until the hold expired ends in the declared default', async () => {
  const scene = await stage.scene({
    lines: [async () => Promise.reject(new Error('the provider is away'))],
    policy: { holdExpirySeconds: 900 },
  })
  await scene.flag()
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ decision: { ending: 'hold_expired' } }])
  expectSeconds(scene.when('settle'), 900)
})

test('a payer who rings us is rung back at once, on the number they called from, by the same agent first', async () => {
  const phones = ['+8613800000001', '+8613800000002', '+8613800000003']
  const scene = await stage.scene({ lines: [ringsOut, talks({ verdict: 'owner_confirmed' })] })
  await scene.flag({ phones })
  await scene.after(40, () => scene.tell(payerCalled, { phone: phones[2]! }))
  await scene.ends()
  expectSeconds(scene.when('dial', 1), 40 + untilAnAgentAccepts)
  expect(scene.calls[1]!.request.phone).toBe(phones[2])
  expect(scene.noted('look')[1]).toMatchObject({ preferredAgentId: 'agent-1' })
})
