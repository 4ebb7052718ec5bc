import { ledgerConfirmed } from '../../domain/messages'
import { moneyActionKey } from '../../domain/money'
import { chatAgentLeft } from '../../domain/reminder/messages'
import { defaultPolicy } from '../../domain/policy'
import { ringsOut, talks } from './pretendCalls'
import { pausedPayment } from './reminderScene'
import { expectSeconds } from './seconds'
import { startStage, type Stage } from './stage'

const { buttonSeconds, coolingOffSeconds, delaySeconds, confirmSeconds } = defaultPolicy.answerReminder

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())

test('the button is not pressed: a cooling-off of 15 minutes, then the payer is asked once more and confirms', async () => {
  const { scene, says, phases, fate, moved } = await pausedPayment(stage, 'cooling_off')
  await scene.after(buttonSeconds + coolingOffSeconds + 60, () => says('pay'))
  await scene.ends()
  expect(phases()).toEqual(['waiting', 'confirming'])
  expectSeconds(scene.when('phase', 1), buttonSeconds + coolingOffSeconds)
  expect(fate()).toMatchObject({ decision: 'pay', ending: 'confirmed_by_payer' })
  expect(moved()).toEqual(['hold', 'release'])
})

test('silence is not consent: after a day of delay and a day for the answer the money goes back', async () => {
  const { scene, fate, moved } = await pausedPayment(stage, 'delay')
  await scene.ends()
  expectSeconds(scene.when('closed'), buttonSeconds + delaySeconds + confirmSeconds)
  expect(fate()).toMatchObject({ decision: 'cancelled', ending: 'not_confirmed' })
  expect(moved()).toEqual(['hold', 'refund'])
})

test('a yes before the waiting is over counts for nothing', async () => {
  const { scene, says, fate } = await pausedPayment(stage, 'cooling_off')
  await scene.after(buttonSeconds + 60, () => says('pay'))
  await scene.ends()
  expect(fate()).toMatchObject({ ending: 'not_confirmed' })
})

test('above the limit it is refused when nobody presses the button', async () => {
  const { scene, fate, moved } = await pausedPayment(stage, 'refuse')
  await scene.ends()
  expectSeconds(scene.when('closed'), buttonSeconds)
  expect([fate(), moved()]).toEqual([expect.objectContaining({ decision: 'refused', ending: 'above_limit' }), ['hold', 'refund']])
})

test('the payer cancels while it waits', async () => {
  const { scene, says, fate } = await pausedPayment(stage, 'delay')
  await scene.after(buttonSeconds + 3_600, () => says('cancel'))
  await scene.ends()
  expectSeconds(scene.when('closed'), buttonSeconds + 3_600)
  expect(fate()).toMatchObject({ ending: 'cancelled_by_payer' })
})

test('a chat with an agent, who names the scam; the payer cancels', async () => {
  const { scene, presses, talked, fate, moved } = await pausedPayment(stage, 'cooling_off')
  await scene.after(20, () => presses('chat'))
  await scene.after(90, () => talked({ outcome: 'cancelled', scamType: 'romance' }))
  await scene.ends()
  expect(scene.when('offer') - 20).toBeLessThan(2)
  expect(scene.noted('chat ended')).toHaveLength(1)
  expect([fate(), moved()]).toEqual([expect.objectContaining({ decision: 'cancelled', ending: 'cancelled_by_payer' }), ['hold', 'refund']])
})

test('the payer goes on in spite of a named scam: another agent calls, and then the payer decides in the app', async () => {
  // Not a minute: the server stands still when an event falls on the very moment of a timer.
  const { scene, presses, talked, says, phases, fate } = await pausedPayment(stage, 'cooling_off', { lines: [talks({ seconds: 45 })] })
  await scene.after(20, () => presses('chat'))
  const taken: unknown[] = []
  for (const at of [90, 130]) await scene.after(at, async () => void taken.push(await talked({ outcome: 'goes_on', scamType: 'romance' })))
  await scene.after(900, () => says('pay'))
  await scene.ends()
  expect(taken).toMatchObject([{ score: 95, calledAgain: true }, { calledAgain: false }])
  expect(scene.calls).toHaveLength(1)
  expect(phases()).toEqual(['calling', 'confirming'])
  // Whoever had the first talk is not asked for the second, for as long as policy says.
  const first = scene.offers[0]!.agentId
  const avoided = scene.noted('look').flatMap((look) => (look.avoided ? [look.avoided] : []))
  expect(avoided.length).toBeGreaterThan(0)
  expect(avoided).toEqual(avoided.map(() => ({ agentId: first, until: expect.any(Number) })))
  expect(fate()).toMatchObject({ ending: 'confirmed_by_payer' })
})

test('the chat’s agent is lost: the next one is sought', async () => {
  const { scene, presses, talked } = await pausedPayment(stage, 'cooling_off', { agentComesBack: false })
  await scene.after(20, () => presses('chat'))
  await scene.after(60, () => talked({ outcome: 'cancelled' }))
  await scene.ends()
  expect(scene.offers).toHaveLength(2)
})

test('the browser of the chat’s agent goes away: looked at once it could have loaded the page again, and the chat goes on when it has', async () => {
  const { scene, presses, talked } = await pausedPayment(stage, 'cooling_off')
  await scene.after(20, () => presses('chat'))
  await scene.after(25, () => scene.tell(chatAgentLeft, { agentId: 'somebody-else' }))
  await scene.after(27, () => scene.tell(chatAgentLeft, { agentId: scene.agentId }))
  await scene.after(70, () => talked({ outcome: 'cancelled' }))
  await scene.ends()
  expectSeconds(scene.when('asked for the chat’s agent'), 27 + defaultPolicy.agentReturnSeconds)
  expect([scene.offers.length, scene.noted('chat ended').length]).toEqual([1, 1])
})

test('we call, and nobody ever answers: nothing is paid', async () => {
  const { scene, fate, moved } = await pausedPayment(stage, 'call', { lines: [ringsOut] })
  await scene.ends()
  expect(scene.calls).toHaveLength(defaultPolicy.maxAttempts)
  expect([fate(), moved()]).toEqual([expect.objectContaining({ decision: 'cancelled', ending: 'not_reached' }), ['hold', 'refund']])
})

test('a hold that the ledger refuses: the payment is refused, and no money is moved', async () => {
  const { scene, fate, moved } = await pausedPayment(stage, 'delay', { ledger: (kind) => ({ status: kind === 'hold' ? 'refused' : 'confirmed' }) })
  await scene.ends()
  expect([fate(), moved()]).toEqual([expect.objectContaining({ decision: 'refused', ending: 'funds_not_held' }), ['hold']])
})

test('nothing is over before the ledger has confirmed it', async () => {
  const { scene, says, moved } = await pausedPayment(stage, 'delay', { ledger: (kind, nth) => ({ status: kind === 'refund' && nth === 1 ? 'pending' : 'confirmed' }) })
  await scene.after(10, () => says('cancel'))
  await scene.after(25, () => scene.tell(ledgerConfirmed, { key: moneyActionKey('refund', scene.paymentIds[0]!), status: 'confirmed' }))
  await scene.ends()
  expectSeconds(scene.when('closed'), 25)
  expect(moved()).toEqual(['hold', 'refund', 'refund'])
})
