import { randomUUID } from 'node:crypto'
import { defaultPolicy } from '../../domain/policy'
import { transferHelpWorkflowId, type HelpOutcome, type PayeeAnswer, type TransferHelpInput } from '../../domain/transferHelp/help'
import { mediationEnded, payeeAnswered } from '../../domain/transferHelp/messages'
import { transferHelpRequestSchema } from '../../domain/transferHelp/request'
import { startTransferHelp } from '../../providers/transferHelp'
import { answerProposal, giveUpMediation, propose } from '../../records/transferHelp/mediation'
import { openHelp } from '../../records/transferHelp/openHelp'
import { recordPayeeAnswer } from '../../records/transferHelp/progress'
import { welcomeNow } from '../support/callingHours'
import { startDatabase, type TestDatabase } from '../support/database'
import { startSkippedTime, type SkippedTime } from '../support/skippedTime'
import { createLedgerCore } from './ledgerCore'

jest.setTimeout(90_000)

const day = 86_400_000
const hour = 3_600_000
const core = createLedgerCore()
const rung: string[] = []
let database: TestDatabase
let time: SkippedTime

beforeAll(async () => {
  database = await startDatabase()
  await database.db.policy.create({ data: { body: { ...defaultPolicy, callingHours: welcomeNow(), agentFirstAfterBadCall: false }, createdBy: 'system:test' } })
  time = await startSkippedTime({
    db: database.db,
    paymentsCore: core.core,
    configuration: { payloadKeys: [{ id: 'tests', key: Buffer.alloc(32, 1) }], publicBaseUrl: 'http://product.test' } as never,
    telephony: {
      fromNumber: '+14158675309',
      sendMessage: async () => undefined,
      createCall: async ({ to }: { to: string }) => {
        rung.push(to)
        return { callSid: `CA${randomUUID().replaceAll('-', '')}`, status: 'queued', queueMillis: null }
      },
      fetchCall: async (callSid: string) => ({ callSid, status: 'no-answer', queueMillis: null }),
    } as never,
  })
})
afterAll(async () => {
  await time.stop()
  await core.stop()
  await database.stop()
})

let numbers = 0

/** A transfer of 5,000.00 of which the payee still has `left`, and help with it. */
async function open({ left = 500_000, phone = false, input: changed }: { left?: number; phone?: boolean; input?: (input: TransferHelpInput) => void } = {}) {
  const transferId = `transfer-${randomUUID()}`
  const [payerId, payeeId] = [`li-${randomUUID()}`, `wang-${randomUUID()}`]
  core.transfer(transferId, `payer:${payerId}`, `payee:${payeeId}`, 500_000)
  if (left < 500_000) core.transfer(transferId, `payee:${payeeId}`, 'payee:elsewhere', 500_000 - left)
  const number = `+86138${String(10_000_000 + ++numbers)}`
  const request = transferHelpRequestSchema.parse({
    transferId,
    kind: 'impersonation',
    reason: '对方冒用了我朋友的头像。',
    transferredAt: new Date(Date.now() - hour).toISOString(),
    amount: { amount: 500_000, currency: 'CNY' },
    payer: { id: payerId, name: '李先生', phones: ['+8613800000001'] },
    payee: { id: payeeId, name: '王小明', ...(phone ? { phone: number } : {}) },
  })
  const { caseId, input } = await openHelp(database.db, request, 'payer')
  changed?.(input)
  await startTransferHelp(time.client, input)
  const handle = time.client.workflow.getHandle(transferHelpWorkflowId(caseId))
  const theCase = () => database.db.riskCase.findUniqueOrThrow({ where: { id: caseId } })
  return {
    caseId,
    transferId,
    number,
    payer: `payer:${payerId}`,
    payee: `payee:${payeeId}`,
    handle,
    theCase,
    ends: () => handle.result() as Promise<HelpOutcome>,
    told: async () => (await database.db.payerMessage.findMany({ where: { caseId }, orderBy: { at: 'asc' } })).map(({ step }) => step),
    /** Lets time pass until the case is there. */
    async comesTo(status: string) {
      for (let times = 0; (await theCase()).status !== status; times++) {
        if (times > 600) throw new Error(`the case does not come to ${status}`)
        await time.environment.sleep(hour)
      }
    },
    async says(answer: Omit<PayeeAnswer, 'by'>) {
      const given = { ...answer, by: 'payee' }
      await recordPayeeAnswer(database.db, caseId, given)
      await handle.signal(payeeAnswered, given)
    },
    async lasted() {
      const { startTime, closeTime } = await handle.describe()
      return (closeTime!.getTime() - startTime.getTime()) / day
    },
  }
}

afterEach(() => {
  if (!core.balanced()) throw new Error('the ledger does not add up')
})

test('the payee agrees: what is held comes back at once', async () => {
  const help = await open()
  await help.comesTo('contacting')
  await help.says({ answer: 'return' })
  expect(await help.ends()).toBe('returned')
  expect(core.kindsOn(help.transferId)).toEqual(['transfer', 'payeeHold', 'payeeReturn'])
  expect([core.has(help.payer), core.has(help.payee)]).toEqual([0, 0])
  expect(await help.told()).toEqual(['help_received', 'help_held', 'help_contacting', 'help_payee_agreed', 'help_came_back.1', 'help_closed'])
  expect(await help.theCase()).toMatchObject({ kind: 'transfer_help', status: 'closed', outcome: 'returned', needsAttention: null })
})

test('out of reach: three calls, mediation in vain, the evidence, and the hold ends after 60 days', async () => {
  const help = await open({ phone: true })
  expect(await help.ends()).toBe('not_returned')
  expect(rung.filter((number) => number === help.number)).toHaveLength(3)
  const attempts = await database.db.attempt.findMany({ where: { caseId: help.caseId }, orderBy: { number: 'asc' } })
  expect(attempts.map(({ outcome, permission }) => [outcome, permission])).toEqual([1, 2, 3].map(() => ['no_answer', 'within_hours']))
  expect(await help.told()).toEqual([
    'help_received', 'help_held', 'help_contacting', 'help_payee_unreachable', 'help_mediation', 'help_mediation_failed', 'help_evidence', 'help_hold_ended', 'help_closed',
  ])
  expect(core.kindsOn(help.transferId)).toEqual(['transfer', 'payeeHold', 'payeeRelease'])
  expect(core.has(help.payee)).toBe(500_000)
  expect(await help.lasted()).toBeGreaterThan(59.9)
  expect(await help.lasted()).toBeLessThan(60.2)
})

test('the payee refuses, both sides agree to half of it in mediation, and the rest of the hold ends', async () => {
  const help = await open()
  await help.comesTo('contacting')
  await help.says({ answer: 'refuse', reason: 'it was a debt' })
  await help.comesTo('mediation')
  expect((await help.theCase()).needsAttention).not.toBeNull()
  await expect(propose(database.db, help.caseId, 'supervisor:one', { amount: 500_001, instalments: 1, words: 'too much' })).rejects.toThrow(RangeError)
  await propose(database.db, help.caseId, 'supervisor:one', { amount: 250_000, instalments: 1, words: 'half of it' })
  const answer = (side: 'payer' | 'payee', agrees: boolean) => answerProposal(database.db, help.caseId, { side, agrees, actor: 'agent:one' })
  expect(await answer('payer', false)).toBeUndefined()
  expect(await answer('payee', true)).toBeUndefined()
  const agreement = await answer('payer', true)
  expect(agreement).toEqual({ agreed: true, amount: 250_000, instalments: 1 })
  await help.handle.signal(mediationEnded, agreement!)
  expect(await help.ends()).toBe('settled')
  expect([core.has(help.payer), core.has(help.payee)]).toEqual([-250_000, 250_000])
  expect(await help.told()).toEqual(expect.arrayContaining(['help_payee_refused', 'help_mediation', 'help_proposal', 'help_agreed', 'help_came_back.1']))
})

test('a signal that was lost: mediation that was given up is found at its last day', async () => {
  const help = await open({ left: 0 })
  await help.comesTo('contacting')
  await help.says({ answer: 'refuse' })
  await help.comesTo('mediation')
  await giveUpMediation(database.db, help.caseId, 'supervisor:one', 'they do not talk to us')
  expect(await help.ends()).toBe('not_returned')
  // Nothing is held, so nothing is waited for.
  expect(await help.lasted()).toBeLessThan(15)
  expect(core.kindsOn(help.transferId)).toEqual(['transfer', 'transfer'])
})

test('in three parts: what is left comes first; one is late and made good, one is missed', async () => {
  const help = await open({ left: 100_000 })
  await help.comesTo('contacting')
  await help.says({ answer: 'return', instalments: 3 })
  await help.comesTo('returning')
  const parts = () => database.db.helpInstalment.findMany({ where: { caseId: help.caseId, round: 1 }, orderBy: { number: 'asc' } })
  const become = async (number: number, state: string) => {
    for (let times = 0; (await parts()).find((part) => part.number === number)?.state !== state; times++) {
      if (times > 200) throw new Error(`part ${number} does not become ${state}`)
      await time.environment.sleep(6 * hour)
    }
  }
  await become(1, 'late')
  expect(core.has(help.payer)).toBe(-400_000)
  core.transfer('wages', 'payer:work', help.payee, 66_666)
  await become(1, 'returned')
  await become(2, 'missed')
  await help.comesTo('mediation')
  await giveUpMediation(database.db, help.caseId, 'supervisor:one', 'no more')
  await help.handle.signal(mediationEnded, { agreed: false })
  expect(await help.ends()).toBe('part_returned')
  expect((await parts()).map(({ amount, state }) => [Number(amount), state])).toEqual([[166_666, 'returned'], [166_667, 'missed'], [166_667, 'due']])
  expect(core.has(help.payer)).toBe(-333_334)
  expect(await help.told()).toEqual(expect.arrayContaining(['help_held_part', 'help_late.1-1', 'help_late.1-2', 'help_missed.1', 'help_evidence']))
  const closed = await database.db.outboundEvent.findFirstOrThrow({ where: { caseId: help.caseId, type: 'risk-callback.help.closed' } })
  expect(closed.body).toMatchObject({ data: { outcome: 'part_returned', held: 0, returned: 166_666 } })
})

test('answers of the ledger that are lost or come later move nothing twice', async () => {
  core.next('lost', 'lost', 'pending', 'fine', 'lost', 'pending')
  const help = await open()
  await help.comesTo('contacting')
  await help.says({ answer: 'return', amount: 300_000 })
  await help.comesTo('mediation')
  // Thinks better of it, and gives the rest as well.
  core.next('lost', 'lost')
  await help.says({ answer: 'return' })
  expect(await help.ends()).toBe('returned')
  expect(core.kindsOn(help.transferId)).toEqual(['transfer', 'payeeHold', 'payeeReturn', 'payeeReturn'])
  expect([core.has(help.payer), core.has(help.payee)]).toEqual([0, 0])
})

test('a hold ends by policy while the payee agrees: the payer has the money once', async () => {
  const help = await open({ input: ({ rules }) => Object.assign(rules, { holdMillis: 10 * day, whenHoldEnds: 'return' }) })
  await help.comesTo('contacting')
  await help.says({ answer: 'refuse' })
  await help.comesTo('mediation')
  // They have as much again by now, which nobody may take.
  core.transfer('wages', 'payer:work', help.payee, 500_000)
  // The ledger takes its time with what policy wants, and in that moment they think better of it.
  core.next('pending')
  const asked = () => database.db.moneyAction.count({ where: { caseId: help.caseId, kind: 'return' } })
  const { holdUntil } = await database.db.transferHelp.findUniqueOrThrow({ where: { caseId: help.caseId } })
  await time.environment.sleep(holdUntil!.getTime() - (await time.environment.currentTimeMs()) - 10_000)
  while ((await asked()) === 0) await time.environment.sleep(1_000)
  await help.says({ answer: 'return' })
  expect(await help.ends()).toBe('returned')
  expect(core.kindsOn(help.transferId)).toEqual(['transfer', 'payeeHold', 'payeeReturn'])
  expect([core.has(help.payer), core.has(help.payee)]).toEqual([0, 500_000])
})
