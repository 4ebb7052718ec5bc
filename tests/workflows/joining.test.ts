import { paymentRecorded } from '../../domain/messages'
import { busy, presses, ringsOut, talks, type Line } from './pretendCalls'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'
import type { Scene } from './scene'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

const fates = (scene: Scene) => [...scene.payments.values()].map(({ final }) => final)

test('while an agent is sought: one call for both', async () => {
  const scene = await stage.scene({ agents: ['ignores', 'accepts'], lines: [talks({ verdict: 'owner_confirmed' })] })
  await scene.flag()
  await scene.after(5, () => scene.flag().then(() => undefined))
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
  expect(fates(scene)).toEqual(['release', 'release'])
})

test('while the phone rings: one call for both', async () => {
  const scene = await stage.scene({
    lines: [
      (call) =>
        call.after(2, () =>
          call.scene
            .flag()
            .then(() => talks({ verdict: 'not_owner' })(call))
            .then(() => undefined),
        ),
    ],
  })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
  expect(fates(scene)).toEqual(['freeze', 'freeze'])
})

test('while they talk, before the verdict: it is part of the same talk', async () => {
  const scene = await stage.scene({
    lines: [
      (call) =>
        call.after(4, async () => {
          await call.reach(false)
          await call.after(5, () => call.scene.flag().then(() => undefined))
          await call.after(15, () => call.scene.giveVerdicts('owner_confirmed'))
          await call.after(20, () => call.end('contact'))
        }),
    ],
  })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
  expect(fates(scene)).toEqual(['release', 'release'])
})

test('while they talk, after the verdict: the payer is rung again for it', async () => {
  const joinsLate: Line = (call) =>
    call.after(4, async () => {
      await call.reach(false)
      await call.after(10, () => call.scene.giveVerdicts('owner_confirmed'))
      await call.after(15, () => call.scene.flag().then(() => undefined))
      await call.after(20, () => call.end('contact'))
    })
  const scene = await stage.scene({ lines: [joinsLate, talks({ verdict: 'not_owner' })] })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(2)
  expect(fates(scene)).toEqual(['release', 'freeze'])
})

test('while we wait to ring again: it has a promise of its own and does not wait', async () => {
  const scene = await stage.scene({ lines: [ringsOut, talks({ verdict: 'owner_confirmed' })] })
  await scene.flag()
  await scene.after(40, () => scene.flag().then(() => undefined))
  await scene.ends()
  expectSeconds(scene.when('dial', 1), 40 + 2)
  expect(fates(scene)).toEqual(['release', 'release'])
})

test('while the money settles: the case opens up again for it', async () => {
  const scene = await stage.scene({
    lines: [talks({ seconds: 20, verdict: 'owner_confirmed' })],
    ledger: (kind, nth) => ({ status: kind === 'release' && nth < 4 ? 'pending' : 'confirmed' }),
  })
  await scene.flag()
  await scene.after(45, () => scene.flag().then(() => undefined))
  await scene.ends()
  expect(scene.calls).toHaveLength(2)
  expectSeconds(scene.when('dial', 1), 45 + 2)
  expect(fates(scene)).toEqual(['release', 'release'])
  expect(scene.cases).toBe(1)
})

test('while the money settles slowly, its promise does not wait for the money', async () => {
  const scene = await stage.scene({
    lines: [talks({ seconds: 20, verdict: 'owner_confirmed' })],
    ledger: (kind, nth, paymentId) => ({ status: kind === 'release' && paymentId.endsWith('-1') && nth < 40 ? 'pending' : 'confirmed' }),
  })
  await scene.flag()
  await scene.after(60, () => scene.flag().then(() => undefined))
  await scene.ends()
  expect(scene.when('dial', 1)).toBeLessThan(180)
})

test('recorded in the moment of closing, its message still on the way: the case goes on with it', async () => {
  let joined = false
  const scene = await stage.scene({
    lines: [talks({ verdict: 'owner_confirmed' })],
    ledger: (kind) => {
      // After the settlement nothing but the closing comes.
      if (kind === 'release' && !joined) {
        joined = true
        void scene.record()
      }
      return { status: 'confirmed' }
    },
  })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(2)
  expect(fates(scene)).toEqual(['release', 'release'])
  expect(scene.cases).toBe(1)
})

test('while a denied payment waits for a person: its promise is kept', async () => {
  const scene = await stage.scene({ agents: ['nobody'], lines: [presses('2'), ringsOut], policy: { holdExpirySeconds: 4_000, maxAttempts: 2 } })
  await scene.flag()
  await scene.after(2_000, () => scene.flag().then(() => undefined))
  await scene.ends()
  expect(scene.when('dial', 1)).toBeGreaterThan(2_000)
  expect(scene.when('dial', 1)).toBeLessThan(2_180 - 25)
})

test('after the case has closed: the next case begins, in a run of its own', async () => {
  const scene = await stage.scene({ lines: [busy, talks({ verdict: 'owner_confirmed' }), talks({ verdict: 'not_owner' })] })
  await scene.flag()
  await scene.ends()
  expect(fates(scene)).toEqual(['release'])
  scene.over = false
  const second = await scene.flag()
  await scene.ends()
  expect(second.caseId).not.toBe(scene.payments.get(scene.paymentIds[0]!)!.flag.caseId)
  expect(fates(scene)).toEqual(['release', 'freeze'])
  expect(scene.noted('closed')).toHaveLength(2)
})

test('its case opened while the one before was closing: the workflow goes on as the next one', async () => {
  const scene = await stage.scene({ lines: [talks({ verdict: 'owner_confirmed' }), talks({ verdict: 'scam' })] })
  // PostgreSQL has closed the case; the workflow does not know that yet when the next flag reaches it.
  scene.onClosed = async () => {
    scene.onClosed = undefined
    await scene.flag()
  }
  await scene.flag()
  await scene.ends()
  expect(fates(scene)).toEqual(['release', 'freeze'])
  expect(scene.noted('closed').map(({ caseId }) => caseId)).toEqual([`case-${scene.payerId}-1`, `case-${scene.payerId}-2`])
  expect(scene.calls.map(({ attemptId }) => attemptId)).toEqual([`case-${scene.payerId}-1.1`, `case-${scene.payerId}-2.1`])
})

test('a repeated message about a known payment changes nothing', async () => {
  const scene = await stage.scene({ lines: [talks({ seconds: 40, verdict: 'owner_confirmed' })] })
  const flag = await scene.flag()
  for (const second of [1, 5, 10, 30]) await scene.after(second, () => scene.tell(paymentRecorded, flag))
  await scene.ends()
  expect(scene.noted('hold')).toHaveLength(1)
  expect(scene.noted('settle')).toHaveLength(1)
  expect(scene.calls).toHaveLength(1)
})

test('a joined payment gets a full set of attempts', async () => {
  const scene = await stage.scene({ lines: [ringsOut], policy: { maxAttempts: 2 } })
  await scene.flag()
  await scene.after(100, () => scene.flag().then(() => undefined))
  await scene.ends()
  const joinedAt = 100
  expect(scene.noted('dial').filter(({ at }) => at > joinedAt)).toHaveLength(2)
})

test('the hold of one payment expires, the one that joined later is still called about', async () => {
  const scene = await stage.scene({
    agents: ['nobody'],
    lines: [presses('2'), (call) => call.after(5, () => call.press('1', call.scene.paymentIds[1]).then(() => call.after(5, () => call.end('contact'))))],
    policy: { holdExpirySeconds: 1_000 },
  })
  await scene.flag()
  await scene.after(990, () => scene.flag({ score: 10, amount: { amount: 5_000, currency: 'CNY' } }).then(() => undefined))
  await scene.ends()
  const [first, second] = scene.paymentIds
  const settled = (paymentId: string) => scene.noted('settle').find((note) => note.paymentId === paymentId)!
  expect(settled(first!)).toMatchObject({ decision: { ending: 'denied_by_keypress' } })
  // A call that was under way is not cut off.
  expect(settled(first!).at).toBeGreaterThanOrEqual(1_000)
  expect(settled(first!).at).toBeLessThan(1_030)
  expect(settled(second!)).toMatchObject({ funds: 'release', decision: { by: 'verdict', actor: 'payer:keypress' } })
  expect(scene.calls).toHaveLength(2)
})

test('a payment that joins after the hold of the first has expired is called about', async () => {
  const scene = await stage.scene({
    agents: ['nobody'],
    lines: [presses('2'), talks({ verdict: 'owner_confirmed' })],
    policy: { holdExpirySeconds: 1_000 },
    ledger: (kind, nth) => ({ status: kind === 'freeze' && nth < 5 ? 'pending' : 'confirmed' }),
  })
  await scene.flag()
  await scene.after(1_050, async () => {
    scene.script.agents = ['accepts']
    await scene.flag()
  })
  await scene.ends()
  expect(fates(scene)).toEqual(['freeze', 'release'])
})
