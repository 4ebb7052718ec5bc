import { talks } from './pretendCalls'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

const lines = [talks({ seconds: 15, verdict: 'owner_confirmed' })]
const large = { amount: { amount: 9_000_000, currency: 'CNY' } }
const day = 86_400

test('a verdict that would release much waits for a second person, with the money held', async () => {
  const scene = await stage.scene({ lines, approval: { after: 600, outcome: 'approved' } })
  await scene.flag(large)
  await scene.ends()
  expect(scene.noted('approval asked')).toMatchObject([{ amount: large.amount, decision: { by: 'verdict', verdict: { verdict: 'owner_confirmed' } } }])
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
  expectSeconds(scene.when('settle') - scene.when('approval asked'), 600)
  expect(scene.noted('dial')).toHaveLength(1)
})

test('as much as one person may release is released at once', async () => {
  const scene = await stage.scene({ lines })
  await scene.flag({ amount: { amount: 5_000_000, currency: 'CNY' } })
  await scene.ends()
  expect(scene.noted('approval asked')).toEqual([])
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
})

test('refused: the money is frozen, as policy says', async () => {
  const scene = await stage.scene({ lines, approval: { after: 45, outcome: 'refused' } })
  await scene.flag(large)
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', decision: { by: 'refusal' } }])
})

test('nobody decides: the hold’s expiry leads to the declared default', async () => {
  const scene = await stage.scene({ lines })
  await scene.flag(large)
  await scene.ends()
  expect(scene.noted('approval ended')).toMatchObject([{ outcome: 'expired' }])
  expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', decision: { by: 'default', ending: 'hold_expired' } }])
  expectSeconds(scene.when('settle'), day)
})

test('a decision whose message was lost is found', async () => {
  const scene = await stage.scene({ lines, approval: { after: 30, outcome: 'approved', signalLost: true } })
  await scene.flag(large)
  await scene.ends()
  expect(scene.noted('settle')).toMatchObject([{ funds: 'release' }])
  expect(scene.when('settle')).toBeLessThan(3_600)
})

test('what stops the money takes one person, however much it is', async () => {
  const scene = await stage.scene({ lines: [talks({ seconds: 15, verdict: 'not_owner' })] })
  await scene.flag(large)
  await scene.ends()
  expect(scene.noted('approval asked')).toEqual([])
  expect(scene.noted('settle')).toMatchObject([{ funds: 'freeze', restrictAccount: true }])
})
