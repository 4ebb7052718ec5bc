import { insist } from './http'
import type { PlannedKill } from './plan'
import { isBack, type Part } from './product'
import { pause, untilPlanned, type World } from './world'

export interface Kill {
  part: Part
  at: number
  pid: number
  aim?: string
  /** Undefined: not within a minute. */
  backAfterMillis?: number
}

// Rather than for ever: at the end of a run nobody flags any more, and nobody joins.
const longestAimMillis = 4_000

/** Kills parts by plan. What is down already is not killed again. */
export async function killByPlan(world: World, kills: Kill[]): Promise<void> {
  await Promise.all(world.plan.kills.map((planned) => carryOut(world, planned, kills)))
}

async function carryOut(world: World, { atMillis, part, aim }: PlannedKill, kills: Kill[]): Promise<void> {
  const { product, over } = world
  await untilPlanned(world, atMillis)
  if (aim) {
    await comesTo(world, aim.moment)
    await pause(aim.afterMillis, over)
  }
  if (over.aborted) return
  const pid = product.kill(part)
  if (pid === undefined) return
  const kill: Kill = { part, at: Date.now(), pid, ...(aim ? { aim: `${aim.afterMillis} ms after ${aim.moment}` } : {}) }
  kills.push(kill)
  world.say(`killed ${part}${kill.aim ? ` (${kill.aim})` : ''}`)
  for (const end = Date.now() + 60_000; Date.now() < end && !over.aborted; await pause(100, over))
    if (await isBack(product, part, pid)) {
      kill.backAfterMillis = Date.now() - kill.at
      return
    }
}

function comesTo(world: World, moment: string): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(tooLong)
      stop()
      resolve()
    }
    const stop = world.onMoment((what) => what === moment && done())
    const tooLong = setTimeout(done, longestAimMillis)
  })
}

/** Changes what the provider, the payments core and the network do wrong, by plan. */
export async function misbehaveByPlan(world: World): Promise<void> {
  const { product, plan, over } = world
  for (const { atMillis, faults } of plan.faults) {
    await untilPlanned(world, atMillis)
    if (over.aborted) return
    await insist(`${product.simulatorUrl}/sim/faults`, { method: 'PUT', body: faults }, over)
  }
}

export async function behave({ product, over }: World): Promise<void> {
  await insist(`${product.simulatorUrl}/sim/faults`, { method: 'DELETE' }, over)
}
