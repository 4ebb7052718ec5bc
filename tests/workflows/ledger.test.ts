import { ledgerConfirmed } from '../../domain/messages'
import { moneyActionKey } from '../../domain/money'
import { ringsOut, talks } from './pretendCalls'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

const lines = [talks({ seconds: 15, verdict: 'owner_confirmed' })]

test('a hold is asked for before anything rings, once', async () => {
  const scene = await stage.scene({ lines })
  await scene.flag()
  await scene.ends()
  expect(scene.noted('hold')).toHaveLength(1)
  expect(scene.when('hold')).toBeLessThan(scene.when('dial'))
})

test('pending, then confirmed by its message: final at once', async () => {
  const scene = await stage.scene({
    lines,
    ledger: (kind, nth) => ({ status: kind === 'release' && nth === 1 ? 'pending' : 'confirmed' }),
  })
  const { paymentId } = await scene.flag()
  await scene.after(27, () => scene.tell(ledgerConfirmed, { key: moneyActionKey('release', paymentId), status: 'confirmed' }))
  await scene.ends()
  expectSeconds(scene.when('closed'), 27)
})

test('pending, and the message never comes: it is asked again', async () => {
  const scene = await stage.scene({
    lines,
    ledger: (kind, nth) => ({ status: kind === 'release' && nth < 3 ? 'pending' : 'confirmed' }),
  })
  await scene.flag()
  await scene.ends()
  expect(scene.noted('settle')).toHaveLength(3)
  expectSeconds(scene.when('settle', 1) - scene.when('settle'), 30)
})

test('a confirmation of another payment ends no waiting', async () => {
  const scene = await stage.scene({
    lines,
    ledger: (kind, nth) => ({ status: kind === 'release' && nth === 1 ? 'pending' : 'confirmed' }),
  })
  await scene.flag()
  await scene.after(20, () => scene.tell(ledgerConfirmed, { key: moneyActionKey('release', 'somebody-elses'), status: 'confirmed' }))
  await scene.ends()
  expectSeconds(scene.when('settle', 1) - scene.when('settle'), 30)
})

test('a refusal keeps the case open, and is asked about again, ever more rarely', async () => {
  const scene = await stage.scene({
    lines,
    ledger: (kind, nth) => (kind === 'release' && nth < 6 ? { status: 'refused', reason: 'account closed' } : { status: 'confirmed' }),
  })
  await scene.flag()
  await scene.ends()
  const asked = scene.noted('settle').map(({ at }) => at)
  const pauses = asked.slice(1).map((at, index) => at - asked[index]!)
  for (const [index, seconds] of [60, 300, 900, 3_600, 3_600].entries()) expectSeconds(pauses[index]!, seconds)
  expect(scene.noted('closed')).toHaveLength(1)
})

test('a refused hold does not stop the call', async () => {
  const scene = await stage.scene({ lines, ledger: (kind) => ({ status: kind === 'hold' ? 'refused' : 'confirmed' }) })
  await scene.flag()
  await scene.ends()
  expect(scene.calls).toHaveLength(1)
  expect([...scene.payments.values()]).toMatchObject([{ final: 'release' }])
})

test('a pending hold delays the call only by the policy, and the decision until it is held', async () => {
  const scene = await stage.scene({ lines, ledger: (kind, nth) => ({ status: kind === 'hold' && nth < 4 ? 'pending' : 'confirmed' }) })
  await scene.flag()
  await scene.ends()
  expectSeconds(scene.when('dial'), 10)
  const held = scene.when('hold', 3)
  expect(scene.when('settle')).toBeGreaterThanOrEqual(held)
})

test('the default needs the ledger too', async () => {
  const scene = await stage.scene({
    lines: [ringsOut],
    policy: { maxAttempts: 1 },
    ledger: (kind, nth) => ({ status: kind === 'freeze' && nth < 3 ? 'pending' : 'confirmed' }),
  })
  await scene.flag()
  await scene.ends()
  expect(scene.noted('settle')).toHaveLength(3)
  expect(scene.when('closed')).toBeGreaterThan(scene.when('settle', 2))
})

test('a case that PostgreSQL does not take for settled yet is asked about now and then, not in a loop', async () => {
  const scene = await stage.scene({ lines, unsettledSeconds: 3_600 })
  await scene.flag()
  await scene.ends()
  expect(scene.noted('closing').length).toBeLessThan(70)
  expect(scene.noted('closed')).toHaveLength(1)
})

test('a ledger that says "pending" for a week does not fill up the history', async () => {
  const scene = await stage.scene({
    lines,
    ledger: (kind) => ({ status: kind === 'release' && scene.notes.at(-1)!.at < 7 * 86_400 ? 'pending' : 'confirmed' }),
  })
  await scene.flag()
  await scene.ends()
  expect((await scene.handle.describe()).historyLength).toBeLessThan(6_000)
})
