import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defaultPolicy, type Policy } from '../../domain/policy'
import { readStartConfiguration } from '../../embedded/configuration'
import { writeDemoFile } from '../../embedded/demo'
import { startStack, type Stack } from '../support/stack'
import { blocksToRun, openTerminal, readDocument, type Terminal } from './commands'

const blocks = new Map(blocksToRun(readDocument('README.md')).map((block) => [block.name, block.text]))

let stack: Stack
let folder: string
let terminal: Terminal

// A payer who never answers is through in a quarter of a minute: two attempts, seconds apart.
const impatient: Policy = {
  ...defaultPolicy,
  promiseSeconds: 12,
  dialReserveSeconds: 6,
  offerSeconds: 5,
  maxAttempts: 2,
  retrySeconds: { contact: 1, no_contact: 1, voicemail: 1, no_answer: 1, busy: 1, failed: 1, canceled: 1 },
}
const inForce = (body: Policy) => stack.db.policy.create({ data: { body, createdBy: 'system:test' } })

// Every command starts programs, which takes its time on a busy machine.
jest.setTimeout(90_000)

beforeAll(async () => {
  stack = await startStack()
  folder = mkdtempSync(path.join(tmpdir(), 'risk-callback-readme-'))
  mkdirSync(path.join(folder, '.data'))
  writeDemoFile(
    readStartConfiguration({ PUBLIC_BASE_URL: stack.api.url, SIMULATOR_PORT: new URL(stack.simulator.url).port, DATA_DIR: path.join(folder, '.data') }),
    stack.secrets,
  )
  terminal = openTerminal(folder)
  await command('setup')
  await command('agent')
})
afterAll(async () => {
  terminal?.close()
  await stack?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function command(name: string): Promise<string> {
  const text = blocks.get(name)
  if (text === undefined) throw new Error(`README.md has no block that is marked "sh run ${name}"`)
  return terminal.type(text)
}

/** What the reader does in the browser: accept, record a verdict, wait until the ledger has confirmed. */
function decide(payment: string, verdict: string): Promise<string> {
  return terminal.type(`
    until OFFER=$(desk PUT presence '{"status":"available"}' | field .offer?.offerId); [ -n "$OFFER" ]; do sleep 0.2; done
    CASE=$(desk POST offers/$OFFER/accept '{}' | field .case.caseId)
    desk POST cases/$CASE/verdicts '{"verdicts":[{"paymentId":"'${payment}'","verdict":"${verdict}"}]}'
    until curl -sS "$SIM/sim/ledger/payments/${payment}" | grep -Eq '"state":"(released|frozen)"'; do sleep 0.2; done`)
}

test('Mr Li confirms, and his money is released', async () => {
  expect(JSON.parse(await command('flag-li'))).toMatchObject({ caseId: expect.any(String), status: 'received', promise: 'expected' })
  await decide('$PAYMENT', 'owner_confirmed')
  expect(JSON.parse(await command('ledger-li'))).toMatchObject({ state: 'released' })
})

test('another payer denies: the money is frozen and the account restricted, and the timeline tells it', async () => {
  expect(JSON.parse(await command('flag'))).toMatchObject({ promise: 'expected' })
  await decide('$DENIED', 'not_owner')
  const printed = await command('ledger-denied')
  expect(printed).toContain('"state":"frozen"')
  expect(printed).toContain('"restricted":true')
  const { events } = JSON.parse(await command('timeline')) as { events: { type: string }[] }
  expect(events.map(({ type }) => type)).toContain('verdict_recorded')
})

test('a third never answers, is rung again, and the money is frozen', async () => {
  await terminal.type(`desk PUT presence '{"status":"offline"}'`)
  await inForce(impatient)
  await command('no-answer')
  await terminal.type(`until curl -sS "$SIM/sim/ledger/payments/$SILENT" | grep -q '"state":"frozen"'; do sleep 0.5; done`)
  expect(JSON.parse(await command('rings'))).toHaveLength(impatient.maxAttempts)
  await inForce(defaultPolicy)
})

test('the agent by curl', async () => {
  await command('agent')
  expect(await command('agent-case')).toMatch(/waits_for_contact[\s\S]*"state":"released"/)
})

test('every command that is marked to be run is run here', () => {
  const run = ['setup', 'flag-li', 'ledger-li', 'flag', 'ledger-denied', 'no-answer', 'rings', 'timeline', 'agent', 'agent-case']
  expect([...blocks.keys()].sort()).toEqual(run.sort())
})

test('the npm scripts that the documents name exist', () => {
  const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> }
  const documents = ['README.md', 'docs/guides/operators.md', 'docs/guides/integrators.md', 'docs/architecture.md', 'docs/data.md', 'docs/security.md']
  const named = documents.flatMap((name) =>
    [...readDocument(name).matchAll(/npm (?:run )?(start|test|[\w-]+:[\w-]+|bench|lint|format|typecheck|setup)\b/g)].map(([, script]) => script!),
  )
  expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([])
})
