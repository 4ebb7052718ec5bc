import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MockActivityEnvironment } from '@temporalio/testing'
import { createNoticeActivities } from '../../activities/notices'
import { createPaymentsCore } from '../../providers/paymentsCore'
import { createTelephony } from '../../providers/telephony'
import { inTransaction } from '../../records/database'
import { queueEvent } from '../../records/outbox'
import { openCase } from '../api/flags'
import { startApi, type RunningApi } from '../api/startApi'

let running: RunningApi
/** Somewhere inside, where no request of ours has any business. */
let inside: Server
const visits: string[] = []
/** A part that we do ask, and that sends us there. */
let outside: Server

const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  running = await startApi()
  inside = createServer((request, response) => {
    visits.push(`${request.method} ${request.url}`)
    response.end('{"status": "confirmed"}')
  })
  const address = await listen(inside)
  outside = createServer((_request, response) => response.writeHead(307, { location: `${address}/latest/meta-data` }).end())
})
afterAll(async () => {
  for (const server of [inside, outside]) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await running.stop()
})

test('nobody whom we ask can send our request on to another address', async () => {
  const url = await listen(outside)
  const core = createPaymentsCore({ ...running.configuration.funds, url })
  await expect(core.instruct('hold', 'hold:1', {})).rejects.toThrow()
  await expect(core.securityOf('li')).rejects.toThrow()
  await expect(createTelephony({ ...running.configuration.telephony, apiBaseUrl: url }).deleteRecording(`RE${'1'.repeat(32)}`)).rejects.toThrow()

  const { caseId } = await openCase(running.db)
  await inTransaction(running.db, (tx) => queueEvent(tx, caseId, 'risk-callback.case.closed', {}))
  const quiet = { info: () => undefined, warn: () => undefined }
  const metrics = { eventsDelivered: { inc: () => undefined } }
  const configuration = { ...running.configuration, events: { url, secret: running.configuration.funds.webhookSecret } }
  const { deliverEvents } = createNoticeActivities({ db: running.db, configuration, log: quiet, metrics, stopping: new AbortController().signal } as never)
  await new MockActivityEnvironment().run(deliverEvents, 100)
  expect(await running.db.outboundEvent.count({ where: { attempts: { gt: 0 } } })).toBeGreaterThan(0)
  expect(visits).toEqual([])
})

test('no request names an address that we would ask: there is no field for one', async () => {
  const { body } = await running.riskEngine().send('GET', '/openapi.json')
  const fields: string[] = []
  const look = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const { properties, format, parameters } = value as { properties?: object; format?: string; parameters?: { name: string }[] }
    if (format === 'uri' || format === 'url') fields.push(path)
    for (const name of [...Object.keys(properties ?? {}), ...(Array.isArray(parameters) ? parameters.map((one) => one.name) : [])])
      if (/(url|uri|href|webhook|callback|host|hostname|endpoint)$/i.test(name)) fields.push(`${path}.${name}`)
    for (const [key, inner] of Object.entries(value)) if (key !== 'responses') look(inner, `${path}/${key}`)
  }
  look(body.paths, '')
  // What bodies are made of; answers may tell an address, and are not looked at.
  const asked = new Set(JSON.stringify(body.paths, (key, value: unknown) => (key === 'responses' ? undefined : value)).match(/#\/components\/schemas\/\w+/g))
  for (const reference of asked) look(body.components.schemas[reference.split('/').at(-1)!], reference)
  expect(fields.filter((field) => !field.startsWith('/telephony') && !field.startsWith('//telephony'))).toEqual([])
})
