import { thirdPartyWorkflowId } from '../../domain/thirdParty/messages'
import { callThirdParty, endThirdPartyCall } from '../../providers/thirdParties'
import { recordCallReport } from '../../records/calls'
import { dropThirdParty } from '../../records/thirdParty/leaving'
import { CallOutcomeUnknown } from '../../providers/telephony'
import { startDatabase, type TestDatabase } from '../support/database'
import { startSkippedTime, type SkippedTime } from '../support/skippedTime'
import { thirdPartyIn } from '../telephony/calls'
import { createPretendTelephony } from '../telephony/pretendTelephony'

jest.setTimeout(90_000)

let database: TestDatabase
let time: SkippedTime
/** A provider whose callbacks are all lost. */
const provider = createPretendTelephony()
beforeAll(async () => {
  database = await startDatabase()
  time = await startSkippedTime({
    db: database.db,
    telephony: { ...provider.telephony, endCall: hangUp } as never,
    configuration: { publicBaseUrl: 'https://calls.example' } as never,
  })
})
afterAll(async () => {
  await time.stop()
  await database.stop()
})

/** Says how it found the call, as the provider's client does, and ends it. */
async function hangUp(callSid: string) {
  const call = provider.calls.find((one) => one.callSid === callSid)
  const found = call && { ...call }
  if (call && call.status !== 'completed') call.status = call.status === 'in-progress' ? 'completed' : 'canceled'
  return found
}
const over = (id: string) => time.client.workflow.getHandle(thirdPartyWorkflowId(id)).result()
const rowOf = (id: string) => database.db.thirdParty.findUniqueOrThrow({ where: { id } })

test('a call of which nothing is heard is found over by polling, however often that takes', async () => {
  const { id } = await thirdPartyIn(database.db, 'agent-one')
  let looks = 0
  provider.answersOnce((take) => {
    const call = take()
    // Rings at the first look, is answered at the second, and over at the fourth.
    Object.defineProperty(call, 'status', { get: () => ['ringing', 'in-progress', 'in-progress', 'completed'][Math.min(looks++, 3)] })
    return call
  })
  await callThirdParty(time.client, id)
  await over(id)
  expect(await rowOf(id)).toMatchObject({ status: 'ended', outcome: 'no_contact' })
  const { startTime, closeTime } = await time.client.workflow.getHandle(thirdPartyWorkflowId(id)).describe()
  const seconds = (closeTime!.getTime() - startTime.getTime()) / 1_000
  expect(seconds).toBeGreaterThan(30 + 20)
  expect(seconds).toBeLessThan(600)
})

test('a worker dies between the creation and its answer, and then the payer leaves: the call is found and ended, and rang once', async () => {
  const { id, attemptId, callSid } = await thirdPartyIn(database.db, 'agent-one')
  const before = provider.creations.length
  let taken = ''
  const killed = new Promise<void>((resolve) =>
    provider.answersOnce((take) => {
      taken = take().callSid
      resolve()
      throw new CallOutcomeUnknown('the worker was killed')
    }),
  )
  await callThirdParty(time.client, id)
  await killed
  const news = await recordCallReport(database.db, { attemptId, callSid, status: 'completed', key: 'over', source: 'callback' })
  expect(news).toMatchObject({ thirdPartyId: id })
  await endThirdPartyCall(time.client, id)
  await over(id)
  expect(provider.creations.length - before).toBe(1)
  expect(await rowOf(id)).toMatchObject({ status: 'ended', outcome: 'canceled', callSid: taken })
})

test('dropped although nobody had begun to carry the call: it is never made', async () => {
  const { id, caseId } = await thirdPartyIn(database.db, 'agent-one')
  const before = provider.creations.length
  await dropThirdParty(database.db, caseId, 'agent-one')
  await endThirdPartyCall(time.client, id)
  await over(id)
  await endThirdPartyCall(time.client, id)
  expect(provider.creations.length).toBe(before)
  expect(await rowOf(id)).toMatchObject({ status: 'ended', outcome: 'canceled' })
})
