import { insist } from './http'
import type { PlannedFlag, PlannedPayer } from './plan'
import { pause, type World } from './world'

/** A flag that was answered, and with what. */
export interface AnsweredFlag {
  paymentId: string
  caseId: string
  status: number
  tries: number
  /** To the same flag sent again. */
  again?: { status: number; caseId: string }
}

/** Flags as a risk engine does: the same body until it is answered, and sometimes once more for good measure. */
export async function sendFlags(world: World, answered: (flag: AnsweredFlag) => void): Promise<void> {
  const { plan, began, over } = world
  const [number] = (await insist<string[]>(`${world.product.simulatorUrl}/sim/numbers`, {}, over)).body
  const turns: Promise<unknown>[] = []
  for (const payer of plan.payers) {
    await pause(began + payer.atMillis - Date.now(), over)
    while (world.openCases() >= plan.mostOpenCases && !over.aborted) await pause(200, over)
    const flags = payer.flags.map((flag) => sendFlag(world, flag, answered))
    turns.push(...flags, ringBack(world, payer, number!))
    // The next one's turn comes when this one has a case.
    await flags[0]
  }
  await Promise.all(turns)
}

async function sendFlag(world: World, planned: PlannedFlag, answered: (flag: AnsweredFlag) => void): Promise<void> {
  const { product, over } = world
  await pause(planned.afterMillis, over)
  const paidAt = new Date(Date.now() - planned.paidSecondsBefore * 1_000).toISOString()
  const asked = { method: 'POST', headers: { authorization: `Bearer ${product.riskEngineKey}` }, body: { ...planned.body, paidAt } } as const
  const send = () => {
    world.moment('flag')
    return insist<{ caseId: string }>(`${product.baseUrl}/v1/flagged-payments`, asked, over)
  }
  const { status, body, tries } = await send()
  const flag: AnsweredFlag = { paymentId: String(planned.body.paymentId), caseId: body.caseId, status, tries }
  answered(flag)
  if (planned.againAfterMillis === undefined) return
  await pause(planned.againAfterMillis, over)
  const again = await send()
  flag.again = { status: again.status, caseId: again.body.caseId }
}

/** Some of those who saw the missed call ring the number back. */
async function ringBack({ product, over }: World, { ringsBackAfterMillis, phones }: PlannedPayer, number: string): Promise<void> {
  if (ringsBackAfterMillis === undefined) return
  await pause(ringsBackAfterMillis, over)
  const phone = encodeURIComponent(phones[0]!.number)
  await insist(`${product.simulatorUrl}/sim/phones/${phone}/calls`, { method: 'POST', body: { to: number } }, over)
}
