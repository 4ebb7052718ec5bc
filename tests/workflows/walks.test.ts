import fc from 'fast-check'
import {
  agentLeft,
  callEnded,
  keyPressed,
  ledgerConfirmed,
  machineAnswered,
  offerAnswered,
  offerMade,
  payerCalled,
  payerReached,
  paymentRecorded,
} from '../../domain/messages'
import { moneyActionKey, moneyActionKinds, verdictKinds } from '../../domain/money'
import { attemptOutcomes } from '../../domain/status'
import { busy, hangsUp, machine, outOfReach, presses, refused, rejects, ringsOut, talks, type Line } from './pretendCalls'
import type { AgentHabit, Scene } from './scene'
import { startStage, type Stage } from './stage'

let stage: Stage
beforeAll(async () => void (stage = await startStage()))
afterAll(() => stage.stop())
// Many stories in one test.
jest.setTimeout(300_000)

const silent: Line = (call) => call.after(40, () => call.end('no_answer', { heard: false }))
const lines: Line[] = [
  busy,
  rejects,
  outOfReach,
  ringsOut,
  hangsUp,
  machine,
  refused,
  silent,
  presses('1'),
  presses('2'),
  talks(),
  ...verdictKinds.map((verdict) => talks({ verdict })),
]

/** Something that happens at some moment, whether it makes sense then or not. */
type Happening = (scene: Scene) => Promise<unknown>

const attempt = fc.integer({ min: 1, max: 4 })
const attemptId = (scene: Scene, number: number) => `${scene.caseId}.${number}`
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.tuple(attempt, fc.constantFrom(...attemptOutcomes)).map(
    ([n, outcome]): Happening =>
      (scene) =>
        scene.tell(callEnded, { attemptId: attemptId(scene, n), outcome }),
  ),
  fc.tuple(attempt, fc.boolean()).map(
    ([n, needsAgent]): Happening =>
      (scene) =>
        scene.tell(payerReached, { attemptId: attemptId(scene, n), needsAgent }),
  ),
  fc.tuple(attempt, fc.constantFrom('1' as const, '2' as const), fc.nat(2)).map(
    ([n, digit, which]): Happening =>
      (scene) =>
        scene.tell(keyPressed, { attemptId: attemptId(scene, n), paymentId: scene.paymentIds[which] ?? 'somebody-elses', digit }),
  ),
  attempt.map(
    (n): Happening =>
      (scene) =>
        scene.tell(machineAnswered, { attemptId: attemptId(scene, n) }),
  ),
  attempt.map(
    (n): Happening =>
      (scene) =>
        scene.tell(agentLeft, { attemptId: attemptId(scene, n), agentId: scene.agentId }),
  ),
  fc.boolean().map(
    (accepted): Happening =>
      (scene) =>
        scene.tell(offerAnswered, { offerId: 'no-such-offer', agentId: 'agent-1', accepted }),
  ),
  fc.constant<Happening>((scene) =>
    scene.tell(offerMade, { offerId: 'lost-offer', agentId: 'agent-9', expiresAt: new Date(scene.startedAt + 60_000).toISOString() }),
  ),
  fc.constant<Happening>((scene) => scene.tell(payerCalled, { phone: '+8613800000001' })),
  fc.constantFrom(...moneyActionKinds).map(
    (kind): Happening =>
      (scene) =>
        scene.tell(ledgerConfirmed, { key: moneyActionKey(kind, scene.paymentIds[0]!), status: 'confirmed' }),
  ),
  fc.constant<Happening>((scene) => scene.tell(paymentRecorded, scene.payments.get(scene.paymentIds[0]!)!.flag)),
  fc.constant<Happening>((scene) => scene.flag()),
  fc.tuple(fc.constantFrom(...verdictKinds), fc.nat(2)).map(
    ([verdict, which]): Happening =>
      (scene) =>
        scene.giveVerdicts(verdict, [scene.paymentIds[which] ?? 'somebody-elses']),
  ),
)

const walk = fc.record({
  lines: fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 4 }),
  agents: fc.array(fc.constantFrom<AgentHabit>('accepts', 'declines', 'ignores', 'nobody'), { minLength: 1, maxLength: 5 }),
  unwilling: fc.array(fc.constantFrom('pending' as const, 'refused' as const), { maxLength: 3 }),
  deadlineIn: fc.constantFrom(-60, 20, 180),
  score: fc.constantFrom(20, 90),
  agentComesBack: fc.boolean(),
  happenings: fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), happening), { maxLength: 12 }),
})

test('whatever happens in whatever order: the case ends, each payment is final once, no attempt is dialled twice', async () => {
  await fc.assert(
    fc.asyncProperty(walk, async ({ unwilling, deadlineIn, score, happenings, ...script }) => {
      const scene = await stage.scene({
        ...script,
        refusalsAreFine: true,
        policy: { maxAttempts: 3, holdExpirySeconds: 3_600 },
        ledger: (_, nth) => ({ status: unwilling[nth - 1] ?? 'confirmed' }),
      })
      await scene.flag({ deadlineIn, score, amount: { amount: 5_000, currency: 'CNY' } })
      for (const [seconds, happens] of happenings) await scene.after(seconds, () => happens(scene).then(() => undefined))
      await scene.ends()

      const ofCases = [...scene.payments.values()].map(({ flag, final }) => ({ payment: flag.paymentId, final: final !== undefined }))
      expect(ofCases).toEqual(ofCases.map(({ payment }) => ({ payment, final: true })))
      expect(new Set(scene.calls.map(({ attemptId: id }) => id)).size).toBe(scene.calls.length)
      expect(scene.caseOpen).toBe(false)
      expect(scene.noted('closed')).toHaveLength(scene.cases)
      for (const { flag } of scene.payments.values())
        expect(scene.noted('hold').findIndex(({ paymentId }) => paymentId === flag.paymentId)).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 25), endOnFailure: true, ...(process.env.FC_SEED ? { seed: Number(process.env.FC_SEED) } : {}) },
  )
})
