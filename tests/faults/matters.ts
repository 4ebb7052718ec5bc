import type { CheckView } from '../../api/payer/checkView'
import { openOffice, type Office } from './office'
import { paymentApp, type Person } from './person'
import type { PlannedCheck, PlannedDispute } from './planMatters'
import { createStrayed } from './strayed'
import { pause, type World } from './world'

/** What happens beside the callbacks, as those see it who began it. */
export interface Matters {
  office: Office
  /** Case ids of disputes, by payment. */
  disputes: Map<string, string>
  /** Case ids of help with transfers. */
  helps: string[]
  complaints: string[]
  /** Resolves when all of them are over. Never rejects. */
  run(): Promise<void>
  /** Of those that were begun, how many are not over. */
  readonly open: number
  /** Bounded: one whose callback was not over in time waits for minutes until it looks again. */
  untilClaimsAreSettled(given: { paymentId: string; verdict: string; effect?: string }[]): Promise<void>
}

export async function createMatters(world: World): Promise<Matters> {
  const { matters } = world.plan
  const app = paymentApp(world)
  const disputes = new Map<string, string>()
  const helps: string[] = []
  const complaints: string[] = []
  const office = await openOffice(world, complaints)
  let open = matters.disputes.length + matters.checks.length + matters.disclosures.length + matters.helps.length

  const turn = async (atMillis: number, work: () => Promise<void>) => {
    await pause(world.began + atMillis - Date.now(), world.over)
    await work().catch((error: unknown) => void (world.over.aborted || complaints.push(String(error))))
    open--
  }
  return {
    office,
    disputes,
    helps,
    complaints,
    get open() {
      return open
    },
    async untilClaimsAreSettled(given) {
      const claimed = new Set(given.flatMap(({ paymentId, verdict, effect }) => (verdict === 'not_owner' && effect === 'taken' ? [paymentId] : [])))
      for (const end = Date.now() + 120_000; claimed.size > 0 && Date.now() < end && !world.over.aborted; await pause(1_000, world.over))
        for (const paymentId of claimed) if ((await office.claim(paymentId)).status !== 'open') claimed.delete(paymentId)
    },
    async run() {
      office.decideApprovals()
      await Promise.all([
        ...matters.disputes.map((planned) =>
          turn(planned.atMillis, async () => {
            const caseId = await openDispute(world, app, planned, complaints)
            if (!caseId) return
            disputes.set(planned.body.paymentId, caseId)
            await office.handle(caseId, planned, () => appeal(app, caseId))
          }),
        ),
        ...matters.checks.map((planned) => turn(planned.atMillis, () => makePayment(world, app, planned, complaints))),
        ...matters.disclosures.map((planned) => turn(planned.atMillis, () => office.disclose(planned))),
        ...matters.helps.map((planned) => turn(planned.atMillis, () => createStrayed(world, app, office.mediator, planned).live((caseId) => helps.push(caseId)))),
      ])
    },
  }
}

/** The payment may not have been flagged yet. */
async function openDispute({ over }: World, app: Person, { body, flagged }: PlannedDispute, complaints: string[]): Promise<string | undefined> {
  for (;;) {
    const { status, body: opened } = await app.ask<{ caseId: string }>('POST', '/v1/payer/disputes', body)
    if (status === 200 || status === 202) return opened.caseId
    if (!flagged || status !== 422) return void complaints.push(`the dispute of ${body.paymentId} was answered ${status} ${JSON.stringify(opened)}`)
    await pause(1_000, over)
  }
}

async function appeal(app: Person, caseId: string): Promise<void> {
  await app.ask('POST', `/v1/payer/disputes/${caseId}/appeal`, { reason: 'I was elsewhere.' })
}

/** The payment app waits with its payer, from the question until the money lies where it stays. */
async function makePayment({ over }: World, app: Person, { body, does, confirms }: PlannedCheck, complaints: string[]): Promise<void> {
  const path = `/v1/payer/payments/${body.paymentId}`
  const asked = await app.ask<CheckView>('POST', '/v1/payer/payments', body)
  if (asked.status !== 200) return void complaints.push(`${body.paymentId} was answered ${asked.status} ${JSON.stringify(asked.body)}`)
  let acted = does === 'nothing'
  for (let view = asked.body; view.phase !== 'final'; view = (await app.ask<CheckView>('GET', path)).body) {
    if (!acted && view.phase === 'button') {
      const { status } = await (does === 'chat' ? app.ask('POST', `${path}/help`, { channel: 'chat' }) : app.ask('POST', `${path}/cancel`))
      acted = status === 200 || status === 409
    }
    if (confirms && view.phase === 'confirming') await app.ask('POST', `${path}/confirm`, { warningAcknowledged: true })
    await pause(700, over)
    over.throwIfAborted()
  }
}
