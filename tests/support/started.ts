import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Identity } from '../../embedded/identity'
import { open } from './leaks'

/** A run of `npm start` in processes of its own, as a newcomer would have it. */
export interface Started {
  /** Everything it has printed so far. */
  output(): string
  /** Settles when the output has this text. */
  says(text: string | RegExp, seconds?: number): Promise<void>
  /** As Ctrl-C does: to every process of the terminal's foreground group. */
  interrupt(): void
  /** As when the program ends that our output is piped to. */
  closeOutput(): void
  /** To the orchestrator alone. */
  kill(signal: NodeJS.Signals): void
  /** The exit code, once it has ended. */
  ended: Promise<number | null>
}

const root = path.resolve(__dirname, '../..')

export function npmStart(environment: NodeJS.ProcessEnv): Started {
  const child = spawn('npm', ['start'], { cwd: root, env: withoutOurs(environment), detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const registered = open(`npm start on ${environment.DATA_DIR}`)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)))
  const ended = once(child, 'close').then(([code]) => {
    registered.closed()
    return code as number | null
  })
  return {
    output: () => printed,
    async says(text, seconds = 60) {
      const there = () => (typeof text === 'string' ? printed.includes(text) : text.test(printed))
      for (let waited = 0; !there(); waited++) {
        if (waited > seconds * 10 || child.exitCode !== null) throw new Error(`npm start did not say ${String(text)}:\n${printed}`)
        await sleep(100)
      }
    },
    interrupt: () => void (child.exitCode === null && process.kill(-child.pid!, 'SIGINT')),
    closeOutput() {
      child.stdout.destroy()
      child.stderr.destroy()
    },
    kill: (signal) => process.kill(JSON.parse(readFileSync(path.join(environment.DATA_DIR!, 'lock.json'), 'utf8')).pid, signal),
    ended,
  }
}

/** The processes that run for a DATA_DIR, by the name of their part. */
export function processesOf(dataDir: string): Record<string, Identity> {
  return JSON.parse(readFileSync(path.join(dataDir, 'processes.json'), 'utf8')) as Record<string, Identity>
}

// What the test run was itself started with must not decide what is embedded.
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^(DATABASE_URL|PUBLIC_BASE_URL|SESSION_SECRET|PAYLOAD_KEYS|NODE_OPTIONS|JEST_WORKER_ID|NODE_ENV)$|^(TEMPORAL|TWILIO|FUNDS|RISK_EVENTS|OIDC|OTEL|SIMULATOR|npm)_/
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))), ...environment }
}
