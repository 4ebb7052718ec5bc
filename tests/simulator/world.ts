import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import twilio, { RequestClient } from 'twilio'
import type { SimulatorOptions } from '../../simulator/options'
import { createSimulator, type Simulator } from '../../simulator/simulator'

export const accountSid = `AC${'a'.repeat(32)}`
export const authToken = 'the-auth-token'
export const apiKeySid = `SK${'b'.repeat(32)}`
export const apiKeySecret = 'the-api-key-secret-of-thirty-two!'
export const appSid = `AP${'c'.repeat(32)}`
export const ours = '+861050000000'
export const webhookSecret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`

export interface Hit {
  path: string
  method: string
  fields: Record<string, string>
  headers: http.IncomingHttpHeaders
  body: string
  signed: boolean
  at: number
}

type Reply = { status?: number; body?: string; type?: string; hang?: boolean }

/** The product's place: takes webhooks, checks their signature, and answers as the test says. */
export async function createProduct() {
  const hits: Hit[] = []
  const replies = new Map<string, (hit: Hit) => Reply>()
  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (c: Buffer) => chunks.push(c))
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const fields = Object.fromEntries(new URLSearchParams(req.method === 'POST' ? body : req.url!.split('?')[1]))
      const signed = twilio.validateRequest(authToken, String(req.headers['x-twilio-signature'] ?? ''), url + req.url, req.method === 'POST' ? fields : {})
      const hit: Hit = { path: req.url!, method: req.method!, fields, headers: req.headers, body, signed, at: Date.now() }
      hits.push(hit)
      const reply = replies.get(req.url!.split('?')[0]!)?.(hit) ?? {}
      if (reply.hang) return
      res.writeHead(reply.status ?? 200, { 'content-type': reply.type ?? 'text/xml' })
      res.end(reply.body ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    hits,
    /** Webhooks to one path. */
    to: (where: string) => hits.filter((h) => h.path.split('?')[0] === where),
    reply: (where: string, how: Reply | ((hit: Hit) => Reply)) => void replies.set(where, typeof how === 'function' ? how : () => how),
    twiml: (where: string, inner: string) => void replies.set(where, () => ({ body: `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>` })),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export type Product = Awaited<ReturnType<typeof createProduct>>

class Rewriting extends RequestClient {
  constructor(private readonly base: () => string) {
    super()
  }
  override request<T>(options: Parameters<typeof RequestClient.prototype.request<T>>[0]) {
    return super.request<T>({ ...options, uri: options.uri.replace('https://api.twilio.com', this.base()) })
  }
}

/** A simulator, a product and Twilio's own client between them. */
export async function createWorld(options: Partial<SimulatorOptions> = {}) {
  const product = await createProduct()
  const dataDir = options.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'simulator-'))
  const settings: SimulatorOptions = {
    dataDir,
    account: {
      sid: accountSid,
      authToken,
      apiKeySid,
      apiKeySecret,
      numbers: [ours],
      voiceUrl: `${product.url}/inbound`,
      twimlAppSid: appSid,
      twimlAppUrl: `${product.url}/app`,
    },
    callsPerSecond: 1_000,
    speed: 50,
    funds: { token: 'funds-token', confirmationUrl: `${product.url}/confirmations`, webhookSecret },
    product: { url: product.url, payerKey: 'the-payer-key' },
    eventsSecret: webhookSecret,
    softphoneGraceMs: 1_000,
    logLevel: 'silent',
    ...options,
  }
  let simulator: Simulator = createSimulator(settings)
  let { url } = await simulator.listen(0)
  const httpClient = new Rewriting(() => url)
  const client = twilio(accountSid, authToken, { httpClient })

  const send = async (method: string, where: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + where, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined
    return { status: answer.status, body: json, text, headers: answer.headers }
  }

  return {
    product,
    client,
    httpClient,
    dataDir,
    settings,
    get url() {
      return url
    },
    send,
    get: async (where: string) => (await send('GET', where)).body,
    /** People who answer and then wait as long as a slow machine needs. */
    async patient(...phones: string[]) {
      for (const phone of phones) await send('PUT', `/sim/phones/${phone}`, { persona: 'answers', patienceSeconds: 3_600 })
    },
    persona: (phone: string, body: object) => send('PUT', `/sim/phones/${phone}`, body),
    funds: (method: string, where: string, body?: unknown) => send(method, `/funds${where}`, body, { authorization: 'Bearer funds-token' }),
    /** Kills the simulator and starts another on the same directory. */
    async restart(changes: Partial<SimulatorOptions> = {}, meanwhile: () => void = () => {}) {
      await simulator.close()
      meanwhile()
      simulator = createSimulator({ ...settings, ...changes })
      ;({ url } = await simulator.listen(0))
    },
    async close() {
      await simulator.close()
      await product.close()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof createWorld>>

/** Waits until the probe gives something; fails with what it last gave. */
export async function eventually<T>(probe: () => T | Promise<T>, what = 'it', ms = 10_000): Promise<Exclude<T, undefined | null | false | '' | 0>> {
  const end = Date.now() + ms
  let last: T
  do {
    last = await probe()
    if (last) return last as Exclude<T, undefined | null | false | '' | 0>
    await new Promise((resolve) => setTimeout(resolve, 10))
  } while (Date.now() < end)
  throw new Error(`Waited ${ms} ms for ${what}; last: ${JSON.stringify(last)}`)
}
