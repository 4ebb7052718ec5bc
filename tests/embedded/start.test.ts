import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isStill, type Identity } from '../../embedded/identity'
import { freePort } from '../../embedded/ports'
import { flag, postFlag } from '../support/flag'
import { npmStart, processesOf, type Started } from '../support/started'
import { temporaryFolder } from './folder'

interface Demo {
  baseUrl: string
  simulatorUrl: string
  riskEngineKey: string
  users: { email: string; password: string; role: string }[]
}

const parts = ['api', 'postgres', 'simulator', 'temporal', 'worker']
const dataDir = mkdtempSync(path.join(tmpdir(), 'risk-callback-start-'))
let environment: NodeJS.ProcessEnv
let running: Started
let caseId: string

beforeAll(async () => {
  environment = { PORT: String(await freePort()), SIMULATOR_PORT: String(await freePort()), DATA_DIR: dataDir }
})
afterAll(async () => {
  running.interrupt()
  await running.ended
  rmSync(dataDir, { recursive: true, force: true })
}, 120_000)

function demo(): Demo {
  return JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8')) as Demo
}

async function untilGone(processes: Identity[]): Promise<void> {
  for (let waited = 0; processes.some(isStill); waited++) {
    if (waited > 100)
      throw new Error(
        `still running: ${processes
          .filter(isStill)
          .map(({ command }) => command)
          .join(', ')}`,
      )
    await sleep(100)
  }
}

test('npm start brings everything up and says where it is', async () => {
  running = npmStart(environment)
  await running.says('risk-callback is running', 300)
  expect((await fetch(`${demo().baseUrl}/readyz`)).status).toBe(200)
  expect((await fetch(`${demo().simulatorUrl}/healthz`)).status).toBe(200)
  const [, temporalUi] = /Temporal {2,}(http:\S+)/.exec(running.output())!
  expect((await fetch(temporalUi!)).status).toBe(200)
  for (const { email } of demo().users) expect(running.output()).toContain(email)
  expect(Object.keys(processesOf(dataDir)).toSorted()).toEqual(parts)
}, 400_000)

test('the demo account and the demo key of demo.json are good', async () => {
  const { baseUrl, riskEngineKey, users } = demo()
  const { email, password } = users[0]!
  const signedIn = await fetch(`${baseUrl}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  expect(signedIn.status).toBe(200)
  const flagged = await postFlag(baseUrl, riskEngineKey, flag('start-1'))
  expect(flagged.status).toBe(202)
  caseId = ((await flagged.json()) as { caseId: string }).caseId
})

test('a second start on the same folder is refused with a sentence', async () => {
  const second = npmStart({ ...environment, PORT: String(await freePort()), SIMULATOR_PORT: String(await freePort()) })
  expect(await second.ended).toBe(1)
  expect(second.output()).toMatch(/Another start \(process \d+\) is using .*: stop it, or set DATA_DIR/)
}, 120_000)

test('a second start on the same ports is refused with a sentence', async () => {
  const second = npmStart({ ...environment, DATA_DIR: temporaryFolder() })
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Port ${environment.PORT} is in use by another program`)
}, 120_000)

test.each(parts)(
  'the %s is started again after it was killed',
  async (part) => {
    const before = processesOf(dataDir)[part]!
    process.kill(before.pid, 'SIGKILL')
    for (let waited = 0; (processesOf(dataDir)[part]?.pid ?? before.pid) === before.pid; waited++) {
      if (waited > 300) throw new Error(running.output())
      await sleep(100)
    }
    expect(running.output()).toContain(`${part} was ended by SIGKILL; starting it again`)
  },
  60_000,
)

test('Ctrl-C stops everything and ends with 0', async () => {
  const processes = Object.values(processesOf(dataDir))
  running.interrupt()
  expect(await running.ended).toBe(0)
  expect(running.output()).toContain('Everything has stopped')
  await untilGone(processes)
  expect(processesOf(dataDir)).toEqual({})
}, 120_000)

test('the start after a SIGKILL stops what it left behind and goes on with the same cases', async () => {
  running = npmStart(environment)
  await running.says('risk-callback is running', 180)
  const left = processesOf(dataDir)
  running.kill('SIGKILL')
  await running.ended
  await untilGone([left.api!, left.worker!, left.simulator!])

  running = npmStart(environment)
  await running.says('risk-callback is running', 180)
  expect(running.output()).toContain('Stopping the postgres that an earlier start left running')
  expect(running.output()).toContain('Stopping the temporal that an earlier start left running')
  expect([left.postgres!, left.temporal!].filter(isStill)).toEqual([])
  const kept = await fetch(`${demo().baseUrl}/v1/cases/${caseId}`, { headers: { authorization: `Bearer ${demo().riskEngineKey}` } })
  expect(await kept.json()).toMatchObject({ caseId, payments: [{ paymentId: 'start-1' }] })
}, 400_000)

test('when nobody reads its output any more, it stops in order', async () => {
  const processes = processesOf(dataDir)
  running.closeOutput()
  process.kill(processes.simulator!.pid, 'SIGKILL') // of which it has something to say
  expect(await running.ended).toBe(0)
  await untilGone(Object.values(processes))
  expect(processesOf(dataDir)).toEqual({})
}, 120_000)
