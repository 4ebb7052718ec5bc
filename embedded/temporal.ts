import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { StartFailure } from './failure'
import { describeEnding, launch, type Launched } from './launch'

export type SearchAttributeType = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList'

export interface TemporalOptions {
  program: string
  /** Holds the SQLite file; without it everything is kept in memory, for tests. */
  directory?: string
  port: number
  /** Temporal's web pages; absent means none. */
  uiPort?: number
  searchAttributes?: Record<string, SearchAttributeType>
  onLine?: (line: string) => void
}

export interface Temporal extends Launched {
  address: string
  uiUrl?: string
}

/**
 * The default of 20 polls a second per shard costs some 50 ms per workflow task on the single shard of a
 * development server. One partition per task queue makes the dialling queue's rate and priorities exact.
 */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
}

/**
 * Starts Temporal's development server on 127.0.0.1 and settles when its default namespace answers.
 * @throws {StartFailure} when it does not come up
 */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  if (options.directory) mkdirSync(options.directory, { recursive: true })
  const lastLines: string[] = []
  const launched = await launch({
    command: options.program,
    args: flags(options),
    onLine(line) {
      lastLines.push(line)
      if (lastLines.length > 5) lastLines.shift()
      options.onLine?.(line)
    },
  })
  const address = `127.0.0.1:${options.port}`
  const givenUp = new AbortController()
  const early = await Promise.race([answering(address, givenUp.signal), launched.ended]).finally(() => givenUp.abort())
  if (early) throw new StartFailure(`Temporal ${describeEnding(early)} while starting: ${lastLines.join(' | ')}`)
  return Object.assign(launched, {
    address,
    ...(options.uiPort ? { uiUrl: `http://127.0.0.1:${options.uiPort}` } : {}),
  })
}

export function databaseFile(directory: string): string {
  return path.join(path.resolve(directory), 'temporal.db')
}

function flags({ directory, port, uiPort, searchAttributes = {} }: TemporalOptions): string[] {
  return [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--log-level',
    'error',
    ...(uiPort ? ['--ui-port', String(uiPort), '--ui-disable-news-fetch'] : ['--headless']),
    ...(directory ? ['--db-filename', databaseFile(directory)] : []),
    '--sqlite-pragma',
    'journal_mode=WAL',
    '--sqlite-pragma',
    'synchronous=NORMAL',
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ]
}

async function answering(address: string, givenUp: AbortSignal): Promise<void> {
  const connection = Connection.lazy({ address })
  try {
    while (!givenUp.aborted) {
      try {
        await connection.withDeadline(Date.now() + 2_000, () => connection.workflowService.describeNamespace({ namespace: 'default' }))
        return
      } catch {
        await sleep(100) // not up yet
      }
    }
  } finally {
    await connection.close()
  }
}
