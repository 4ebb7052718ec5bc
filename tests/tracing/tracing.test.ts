import { createLog } from '../../configuration/log'
import { inSpan } from '../../configuration/span'
import { startTracing, type Tracing } from '../../configuration/tracing'
import { flag } from '../support/flag'
import { startStack, type Stack } from '../support/stack'
import { startReceiver } from './receiver'

const traceId = '0af7651916cd43dd8448eb211c80319c'

let receiver: Awaited<ReturnType<typeof startReceiver>>
let tracing: Tracing
let stack: Stack

beforeAll(async () => {
  receiver = await startReceiver()
  tracing = (await startTracing('tests', { endpoint: receiver.url, share: 1 }, '0'))!
  // Nobody is at a desk: the phone is dialled at once.
  stack = await startStack({ policy: { dialReserveSeconds: 180 }, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url } })
})
afterAll(async () => {
  await stack?.stop()
  await tracing?.stop()
  await receiver?.stop()
})

const ours = () => receiver.spans.filter((span) => span.traceId === traceId)

async function untilThereIs(name: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (ours().some((span) => span.name === name)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`there is no span ${name} among ${receiver.spans.map((span) => span.name).join(', ')}`)
}

test('one trace leads from the risk engine’s request through the workflow to the telephone and the ledger', async () => {
  const answer = await fetch(`${stack.api.url}/v1/flagged-payments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.secrets.riskEngineKey}`,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify(flag('traced-1')),
  })
  expect(answer.status).toBe(202)
  const steps = ['POST /v1/flagged-payments', 'signal paymentRecorded', 'activity openCase', 'payments core PUT holds', 'activity dial', 'telephony POST Calls']
  for (const step of steps) await untilThereIs(step)

  const parentOf = (name: string) => {
    const { parentSpanId } = ours().find((span) => span.name === name)!
    return ours().find(({ spanId }) => spanId === parentSpanId)?.name
  }
  expect(parentOf('signal paymentRecorded')).toBe('POST /v1/flagged-payments')
  expect(parentOf('activity openCase')).toBe('signal paymentRecorded')
  expect(parentOf('payments core PUT holds')).toBe('activity openCase')
  expect(parentOf('telephony POST Calls')).toBe('activity dial')
})

test('no span carries anything personal', () => {
  const told = JSON.stringify(receiver.spans)
  for (const personal of ['李', '13800000001', 'Air tickets']) expect(told).not.toContain(personal)
})

test('log lines name the trace that they belong to', async () => {
  const lines: string[] = []
  const log = createLog('tests', 'info', { write: (line) => void lines.push(line) })
  log.info('outside')
  const span = await inSpan('something', {}, async (current) => {
    await Promise.resolve()
    log.info('inside')
    return current.spanContext()
  })
  const [outside, inside] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(outside).not.toHaveProperty('traceId')
  expect(inside).toMatchObject({ msg: 'inside', traceId: span.traceId, spanId: span.spanId })
})
