import { spawn } from 'node:child_process'
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../embedded/ports'
import { ask } from './http'

export const parts = ['worker', 'api', 'temporal', 'postgres', 'simulator'] as const
export type Part = (typeof parts)[number]

/** The whole product as `npm start` runs it: real processes, each with a number that can be killed. */
export interface Product {
  baseUrl: string
  simulatorUrl: string
  riskEngineKey: string
  payerKey: string
  users: { email: string; password: string; role: string }[]
  directory: string
  /** What all processes printed. */
  logFile: string
  /** SIGKILL unless told otherwise. @returns the process id that it had, undefined when it is not running at the moment */
  kill(part: Part, signal?: NodeJS.Signals): number | undefined
  pid(part: Part): number | undefined
  /** Stops everything as Ctrl-C does. @returns the exit code */
  stop(): Promise<number | null>
  discard(): void
}

const root = path.resolve(__dirname, '..', '..')
// Whoever runs this may have real ones in their environment; nobody kills those.
const foreign = /^(DATABASE_URL|PUBLIC_BASE_URL|NODE_ENV|SESSION_SECRET|PAYLOAD_KEYS)$|^(TEMPORAL|TWILIO|FUNDS|RISK_EVENTS|SIMULATOR)_(?!CLI_PATH)/

export async function startProduct({ speed, callsPerSecond }: { speed: number; callsPerSecond: number }): Promise<Product> {
  const directory = mkdtempSync(path.join(tmpdir(), 'risk-callback-faults-'))
  chmodSync(directory, 0o711)
  const data = path.join(directory, 'data')
  const logFile = path.join(directory, 'product.log')
  const log = createWriteStream(logFile)
  const ordinary = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
  const child = spawn(process.execPath, ['--require', path.join(root, 'embedded', 'tether.js'), 'embedded/run.js', 'embedded/main.ts'], {
    cwd: root,
    env: {
      ...ordinary,
      PORT: String(await freePort()),
      SIMULATOR_PORT: String(await freePort()),
      DATA_DIR: data,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
      SIMULATOR_SPEED: String(speed),
      TWILIO_CALLS_PER_SECOND: String(callsPerSecond),
    },
    // The channel is the tether: when we are gone, however, the product stops too.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let ready = false
  const lastLines: string[] = []
  for (const stream of [child.stdout!, child.stderr!])
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${new Date().toISOString()} ${line}\n`)
      if (lastLines.push(line) > 15) lastLines.shift()
      if (line.startsWith('risk-callback is running')) ready = true
    })
  let ended = false
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(((ended = true), code))))
  while (!ready) {
    if (ended) throw new Error(`the product did not start:\n${lastLines.join('\n')}`)
    await wait(100)
  }

  const read = (file: string) => JSON.parse(readFileSync(path.join(data, file), 'utf8'))
  const pid = (part: Part): number | undefined => read('processes.json')[part]?.pid
  return {
    ...read('demo.json'),
    directory,
    logFile,
    pid,
    kill(part, signal = 'SIGKILL') {
      const running = pid(part)
      if (running === undefined) return undefined
      try {
        process.kill(running, signal)
      } catch {
        return undefined // it has just ended by itself
      }
      return running
    },
    async stop() {
      if (!ended) child.kill('SIGTERM')
      const code = await exit
      log.end()
      return code
    },
    discard: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Whether a part does its work again after a kill. */
export async function isBack(product: Product, part: Part, killed: number): Promise<boolean> {
  const now = product.pid(part)
  if (now === undefined || now === killed) return false
  if (part === 'worker') return true
  const address = part === 'simulator' ? `${product.simulatorUrl}/healthz` : `${product.baseUrl}/readyz`
  return (await ask(address, { patience: 2_000 })).status === 200
}
