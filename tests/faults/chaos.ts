import { insist } from './http'
import type { Moment, PlannedKill } from './plan'
import { isBack, type Part } from './product'
import { pause, type World } from './world'

export interface Kill {
  part: Part
  /** It was not killed: it stood still this long. */
  frozenMillis?: number
  at: number
  pid: number
  aim?: string
  /** Undefined: not within a minute. */
  backAfterMillis?: number
}

// Rather than for ever: there may be nobody left who flags or joins.
const longestAimMillis = 4_000
const longestAbsenceMillis = 60_000

/** Kills parts by plan. The next goes when the last is back, and not before its turn among the cases. */
export async function killByPlan(world: World, kills: Kill[]): Promise<void> {
  for (const planned of world.plan.kills) {
    while (world.begunCases() < planned.afterCases && !world.over.aborted) await pause(100, world.over)
    if (!world.over.aborted) await carryOut(world, planned, kills)
  }
}

async function carryOut(world: World, { pauseMillis, part, together, aim, freezeMillis }: PlannedKill, kills: Kill[]): Promise<void> {
  await pause(pauseMillis, world.over)
  if (aim) {
    await comesTo(world, aim.moment)
    await pause(aim.afterMillis, world.over)
  }
  const why = aim && `${aim.afterMillis} ms after ${aim.moment}`
  if (freezeMillis) return freeze(world, part, freezeMillis, kills)
  const down = (together ? [part, together] : [part]).flatMap((each) => killNow(world, each, why) ?? [])
  kills.push(...down)
  await Promise.all(down.map((each) => untilBack(world, each)))
}

function killNow({ product, over, say }: World, part: Part, aim: string | undefined): Kill | undefined {
  const pid = over.aborted ? undefined : product.kill(part)
  if (pid === undefined) return undefined
  say(`killed ${part}${aim ? ` (${aim})` : ''}`)
  return { part, at: Date.now(), pid, ...(aim ? { aim } : {}) }
}

async function freeze({ product, over, say }: World, part: Part, frozenMillis: number, kills: Kill[]): Promise<void> {
  const pid = product.kill(part, 'SIGSTOP')
  if (pid === undefined) return
  say(`froze ${part} for ${frozenMillis} ms`)
  kills.push({ part, pid, at: Date.now(), frozenMillis, backAfterMillis: frozenMillis })
  await pause(frozenMillis, over)
  product.kill(part, 'SIGCONT')
}

async function untilBack(world: World, kill: Kill): Promise<void> {
  for (const end = kill.at + longestAbsenceMillis; Date.now() < end && !world.over.aborted; await pause(100, world.over))
    if (await isBack(world.product, kill.part, kill.pid)) {
      kill.backAfterMillis = Date.now() - kill.at
      return
    }
}

function comesTo(world: World, moment: Moment): Promise<void> {
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

/** Changes what the provider, the payments core and the network do wrong, by plan, until `enough`. */
export async function misbehaveByPlan(world: World, enough: () => boolean): Promise<void> {
  const { product, plan, over } = world
  for (const { lastsMillis, faults } of plan.faults) {
    if (over.aborted || enough()) return
    await insist(`${product.simulatorUrl}/sim/faults`, { method: 'PUT', body: faults }, over)
    for (const end = Date.now() + lastsMillis; Date.now() < end && !enough() && !over.aborted; await pause(200, over));
  }
}

export async function behave({ product, over }: World): Promise<void> {
  await insist(`${product.simulatorUrl}/sim/faults`, { method: 'DELETE' }, over)
}
