import { insist } from './http'
import type { PlannedFlag, PlannedPayer } from './plan'
import { pause, untilPlanned, type World } from './world'

/** A flag that was answered, and with what. */
export interface AnsweredFlag {
  paymentId: string
  caseId: string
  status: number
  tries: number
  answeredAt: number
  /** To the same flag sent again. */
  again?: { status: number; caseId: string }
}

/** Flags as a risk engine does: the same body until it is answered, and sometimes once more for good measure. */
export async function sendFlags(world: World, payers: PlannedPayer[], answered: (flag: AnsweredFlag) => void): Promise<void> {
  await Promise.all(payers.flatMap((payer) => payer.flags.map((flag) => sendFlag(world, flag, answered))))
}

async function sendFlag(world: World, planned: PlannedFlag, answered: (flag: AnsweredFlag) => void): Promise<void> {
  const { product, over } = world
  await untilPlanned(world, planned.atMillis)
  const paidAt = new Date(Date.now() - planned.paidSecondsBefore * 1_000).toISOString()
  const asked = { method: 'POST', headers: { authorization: `Bearer ${product.riskEngineKey}` }, body: { ...planned.body, paidAt } } as const
  const send = () => {
    world.moment('flag')
    return insist<{ caseId: string }>(`${product.baseUrl}/v1/flagged-payments`, asked, over)
  }
  const answer = await send()
  const flag: AnsweredFlag = {
    paymentId: String(planned.body.paymentId),
    caseId: answer.body.caseId,
    status: answer.status,
    tries: answer.tries,
    answeredAt: Date.now(),
  }
  answered(flag)
  if (planned.againAfterMillis === undefined) return
  await pause(planned.againAfterMillis, over)
  const again = await send()
  flag.again = { status: again.status, caseId: again.body.caseId }
}

/** People who saw the missed call ring the number back. */
export async function ringBack(world: World, payers: PlannedPayer[]): Promise<void> {
  const { product, over } = world
  const [number] = (await insist<string[]>(`${product.simulatorUrl}/sim/numbers`, {}, over)).body
  await Promise.all(
    payers.map(async ({ ringsBackAtMillis, phones }) => {
      if (ringsBackAtMillis === undefined) return
      await untilPlanned(world, ringsBackAtMillis)
      const phone = encodeURIComponent(phones[0]!.number)
      await insist(`${product.simulatorUrl}/sim/phones/${phone}/calls`, { method: 'POST', body: { to: number } }, over)
    }),
  )
}
