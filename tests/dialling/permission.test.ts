import { setDialling } from '../../records/permission'
import { startStack, type Stack } from '../support/stack'
import { eventually, flagPayment, rings } from './flags'

let stack: Stack
// Offers are over in a moment, so that a case without agents is dialled at once by the automated call.
const impatient = { offerSeconds: 0.2, dialReserveSeconds: 179.5 }

beforeAll(async () => {
  stack = await startStack({ policy: { ...impatient, fraudOverride: false, callingHours: { from: '00:00', until: '23:59' } } })
})
afterAll(() => stack.stop())

test('the kill switch stops all dialling at once, and nothing is lost when it is lifted', async () => {
  const phone = '+8613700000001'
  await setDialling(stack.db, 'supervisor:test', { paused: true, reason: 'wrong announcement' })
  const caseId = await flagPayment(stack, 'switched', phone)
  // The dialling queue has taken the request and is refused: that is the moment to look.
  await eventually(async () => {
    const { raw } = await stack.temporal.workflow.getHandle('risk-callback/switched').describe()
    return raw.pendingActivities?.some((activity) => activity.activityType?.name === 'dial' && (activity.attempt ?? 0) > 1)
  })
  expect(await rings(stack, phone)).toEqual([])
  expect(await stack.db.attempt.count({ where: { caseId } })).toBe(0)

  await setDialling(stack.db, 'supervisor:test', { paused: false })
  await eventually(async () => (await rings(stack, phone)).length === 1)
  const trail = await stack.db.auditEntry.findMany({ where: { subject: 'dialling' }, orderBy: { seq: 'asc' } })
  expect(trail.map(({ action }) => action)).toEqual(['dialling_paused', 'dialling_resumed'])
})

test('a number that asked not to be called is not rung without the override, and the timeline says why', async () => {
  const phone = '+8613700000002'
  await stack.db.doNotCall.create({ data: { phone, reason: 'asked by letter', addedBy: 'supervisor:test' } })
  const caseId = await flagPayment(stack, 'listed', phone)
  const event = await eventually(() => stack.db.caseEvent.findFirst({ where: { caseId, type: 'attempt_not_made' } }))
  expect(event.data).toMatchObject({ reason: 'do_not_call', phone: '+86137****0002' })
  expect(await rings(stack, phone)).toEqual([])
})

test('with the override it rings, and the attempt says so', async () => {
  const phone = '+8613700000003'
  await stack.db.doNotCall.create({ data: { phone, reason: 'asked by letter', addedBy: 'supervisor:test' } })
  const { body } = await stack.db.policy.findFirstOrThrow({ orderBy: { version: 'desc' } })
  await stack.db.policy.create({ data: { body: { ...(body as object), fraudOverride: true }, createdBy: 'system:test' } })
  const caseId = await flagPayment(stack, 'overridden', phone)
  await eventually(async () => (await rings(stack, phone)).length === 1)
  expect(await stack.db.attempt.findFirst({ where: { caseId } })).toMatchObject({ permission: 'fraud_override:do_not_call' })
})
