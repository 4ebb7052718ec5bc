import { setMaxListeners } from 'node:events'
import { killByPlan, behave, misbehaveByPlan, type Kill } from './chaos'
import { gather, readTimeline } from './evidence'
import { insist } from './http'
import { judge, type Violation } from './judge'
import { createMatters, type Matters } from './matters'
import { createOpenCases, type OpenCases } from './openCases'
import { makePlan, phonesOf, type Size } from './plan'
import { policyOf } from './policy'
import { startProduct } from './product'
import { sendFlags, type AnsweredFlag } from './riskEngine'
import { createRobot, type Robot } from './robot'
import { drawFrom } from './seeded'
import { describe } from './story'
import { createWorld, pause, type World } from './world'

export interface Outcome {
  violations: Violation[]
  /** For people: figures, and the story of each case that went wrong. */
  report: string
  /** Where the processes' output lies; gone when nothing went wrong. */
  logFile?: string
}

export interface RunOptions {
  seed: number
  size: Size
  /** How long cases may take to close after the last flag. */
  patienceMillis: number
  print(line: string): void
  interrupted?: AbortSignal
}

/** Starts the product, lets everything go wrong by plan, waits until every case is closed, and judges. */
export async function runFaults({ seed, size, patienceMillis, print, interrupted }: RunOptions): Promise<Outcome> {
  const plan = makePlan(seed, size)
  print(`seed ${seed}: ${plan.payers.length} cases, ${plan.payers.flatMap(({ flags }) => flags).length} flags; starting the product …`)
  const product = await startProduct({ speed: plan.speed, callsPerSecond: 5 })
  const home = new AbortController()
  const over = interrupted ? AbortSignal.any([home.signal, interrupted]) : home.signal
  // Every robot, flag and kill waits for the end.
  setMaxListeners(0, over, home.signal)
  let outcome: Outcome | undefined
  try {
    const openCases = createOpenCases()
    const world = createWorld({ product, plan, over, print, openCases: () => openCases.count, begunCases: () => openCases.begun })
    const robots = await prepare(world)
    world.begin()
    outcome = await letHappen(world, robots, await createMatters(world), openCases, patienceMillis)
  } finally {
    home.abort()
    const code = await product.stop()
    if (outcome && code !== 0) outcome.violations.push({ what: `the product ended with exit code ${code} when it was asked to stop` })
    if (outcome?.violations.length === 0) product.discard()
  }
  return outcome.violations.length === 0 ? outcome : { ...outcome, logFile: product.logFile }
}

/** The policy of the test, the people at the phones, and agents at their desks. */
async function prepare(world: World): Promise<Robot[]> {
  const { product, plan, over } = world
  const { email, password } = product.users.find(({ role }) => role === 'admin')!
  const session = await insist(`${product.baseUrl}/v1/session`, { method: 'POST', body: { email, password } }, over)
  const headers = {
    cookie: session.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  }
  const policy = await insist(`${product.baseUrl}/v1/admin/policy`, { method: 'POST', body: policyOf(plan), headers }, over)
  if (policy.status !== 201) throw new Error(`the policy was answered ${policy.status} ${JSON.stringify(policy.body)}`)
  const draw = drawFrom(plan.seed)
  const agents = Array.from({ length: plan.agents }, (_, index) => ({
    email: `robot.${index}@demo.example`,
    name: `Robot ${index}`,
    role: 'agent',
    languages: ['zh', 'en'],
  }))
  // Longer than a password must be, whatever the demo's are.
  const chosen = product.users[0]!.password.padEnd(16, '-of a robot')
  for (const body of agents) {
    const invited = await insist(`${product.baseUrl}/v1/admin/users`, { method: 'POST', body, headers }, over)
    // Made in an earlier run on the same data: it has its password.
    if (invited.status === 409) continue
    const link = new URL((invited.body as { link: string }).link).hash.slice(1)
    await insist(`${product.baseUrl}/v1/session/password`, { method: 'PUT', body: { link, password: chosen } }, over)
  }
  for (const { number, persona } of phonesOf(plan))
    await insist(`${product.simulatorUrl}/sim/phones/${encodeURIComponent(number)}`, { method: 'PUT', body: persona }, over)
  return agents.map((agent) => createRobot(world, { ...agent, password: chosen }, draw.apart(agent.email)))
}

async function letHappen(world: World, robots: Robot[], matters: Matters, openCases: OpenCases, patienceMillis: number): Promise<Outcome> {
  const { plan, over, say } = world
  const flags: AnsweredFlag[] = []
  const kills: Kill[] = []
  for (const robot of robots) void robot.run()
  void openCases.watch(world)
  void matters.run()
  const progress = setInterval(() => {
    const verdicts = robots.reduce((sum, { report }) => sum + report.verdicts.length, 0)
    say(`${flags.length} flags answered, ${openCases.count} cases and ${matters.open} other matters open, ${kills.length} kills, ${verdicts} verdicts`)
  }, 5_000)
  try {
    let allSent = false
    const misdeeds = Promise.all([killByPlan(world, kills), misbehaveByPlan(world, () => allSent)])
    await sendFlags(world, (flag) => {
      flags.push(flag)
      openCases.add(flag.caseId)
    })
    allSent = true
    await misdeeds
    await behave(world)
    say('all flags are answered and nothing is killed any more; waiting until everything is over …')
    const open = () => openCases.count + matters.open
    for (const end = Date.now() + patienceMillis; open() > 0 && Date.now() < end && !over.aborted;) await pause(200, over)
    const allClosed = open() === 0
    if (allClosed) await untilQuiet(world, robots, flags, matters)
    const evidence = await gather(world, flags, matters)
    const planned = plan.payers.flatMap((payer) => payer.flags).length
    const violations = [
      ...judge(
        planned,
        flags,
        robots.map(({ report }) => report),
        evidence,
      ),
      ...matters.complaints.map((what): Violation => ({ what })),
      ...(allClosed ? judgeDesks(robots) : []),
    ]
    const stories = new Map<string, string[]>()
    for (const caseId of new Set(violations.flatMap((violation) => violation.caseId ?? []))) stories.set(caseId, await readTimeline(world, caseId))
    return { violations, report: describe({ plan, flags, robots, kills, evidence, violations, stories }) }
  } finally {
    clearInterval(progress)
  }
}

/** After the last case: agents are free again, and the risk engine has been told. Bounded; the judge looks what is missing. */
async function untilQuiet(world: World, robots: Robot[], flags: AnsweredFlag[], matters: Matters): Promise<void> {
  const caseIds = new Set(flags.map(({ caseId }) => caseId))
  for (const end = Date.now() + 40_000; Date.now() < end; await pause(1_000, world.over)) {
    const { body } = await insist<{ event: { type: string; subject: string } }[]>(`${world.product.simulatorUrl}/sim/risk-engine/events`)
    const told = new Set(body.filter(({ event }) => event.type === 'risk-callback.case.closed').map(({ event }) => event.subject))
    if (judgeDesks(robots).length === 0 && [...caseIds].every((caseId) => told.has(caseId))) break
  }
  if (world.plan.claimsAfterSeconds !== undefined) await matters.untilClaimsAreSettled(robots.flatMap(({ report }) => report.verdicts))
}

function judgeDesks(robots: Robot[]): Violation[] {
  return robots.flatMap(({ presence }) =>
    presence && ['busy', 'offered'].includes(presence.status)
      ? [{ what: `an agent is still ${presence.status} although no case is open`, caseId: presence.caseId ?? undefined }]
      : [],
  )
}
