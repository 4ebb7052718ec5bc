import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { startStack, type Stack } from '../support/stack'
import { blocksToRun, readDocument, root } from './commands'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack?.stop())

const payment = {
  paymentId: 'pay_sdk_1',
  paidAt: new Date().toISOString(),
  amount: { amount: 12_300, currency: 'CNY' },
  method: 'quick_payment',
  payer: { id: 'sdk-payer', name: 'Payer', phones: ['+8613800000009'] },
  payee: { id: 'shop', name: 'Shop' },
  risk: { score: 70 },
}

/** Runs the example as a program of its own, as somebody would who has copied it. */
async function runExample(argument: object): Promise<unknown> {
  const [example] = blocksToRun(readDocument('docs/guides/integrators.md')).filter(({ name }) => name === 'typescript')
  const folder = path.join(root, '.build')
  const file = path.join(folder, `integrators-example-${process.pid}.ts`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, example!.text.replaceAll("'./configuration/", "'../configuration/"))
  try {
    const env = {
      ...process.env,
      TEMPORAL_ADDRESS: String(stack.configuration.temporal.connectionOptions.address),
      TEMPORAL_NAMESPACE: stack.namespace,
      PAYLOAD_KEYS: stack.secrets.payloadKeys,
    }
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file, JSON.stringify(argument)], { cwd: root, env, timeout: 50_000 })
    return JSON.parse(stdout)
  } finally {
    rmSync(file, { force: true })
  }
}

test('the TypeScript example flags a payment, and flagging it again is harmless', async () => {
  const accepted = await runExample(payment)
  expect(accepted).toEqual({ caseId: expect.any(String), paymentId: payment.paymentId, deadline: expect.any(String), predictedRingAt: expect.any(String) })
  expect(await runExample(payment)).toEqual(accepted)
  expect(await stack.db.flaggedPayment.count()).toBe(1)
}, 120_000)

test('every endpoint that the documents name exists', async () => {
  const { paths } = (await (await fetch(`${stack.api.url}/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> }
  const mounted = new Set(Object.entries(paths).flatMap(([address, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`)))
  const documents = [
    'README.md',
    ...['integrators', 'operators'].map((name) => `docs/guides/${name}.md`),
    'docs/architecture.md',
    'docs/data.md',
    'docs/security.md',
  ]
  const named = documents.flatMap((name) =>
    [...readDocument(name).matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (?:<PUBLIC_BASE_URL>)?(\/(?:v1|telephony|healthz|readyz|metrics)[\w/{}-]*)/g)].map(
      ([, method, address]) => `${method} ${address}`,
    ),
  )
  expect(named.length).toBeGreaterThan(10)
  expect([...new Set(named)].filter((endpoint) => !mounted.has(endpoint))).toEqual([])
})
