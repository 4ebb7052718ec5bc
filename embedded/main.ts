import { setTimeout as sleep } from 'node:timers/promises'
import { readStartConfiguration } from './configuration'
import { demandFreeDisk, makeFolder } from './disk'
import { describeReady } from './greeting'
import { inWords, StartFailure } from './failure'
import { lock } from './lock'
import { whenNobodyReads } from './output'
import { demandFreePort } from './ports'
import { processRecord } from './processRecord'
import { startParts } from './parts'

/**
 * Everything on one machine. Runs until it is asked to stop, then ends the parts in reverse order and
 * exits with 0; with 1 and a sentence when it cannot start.
 */
export async function main(): Promise<void> {
  const stops: (() => Promise<void> | void)[] = []
  const asked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked.signal.aborted) return // npm passes on what the terminal has sent us already
      asked.abort()
      say('Stopping …')
    })
  }

  // As a program ends whose pipe is closed, only in order.
  whenNobodyReads([process.stdout, process.stderr], () => asked.abort())

  const stopAsked = new Promise<void>((resolve) => asked.signal.addEventListener('abort', () => resolve()))
  // Whatever nobody caught ends in a stop in order, not in parts that run on without us.
  const broken = new Promise<never>((_resolve, reject) => process.once('uncaughtException', reject))
  const starting = start(stops, asked.signal)
  try {
    await Promise.race([starting, stopAsked, broken])
    await Promise.race([stopAsked, broken])
    // What is just being started is stopped with the rest; a download is not worth waiting for.
    await Promise.race([starting.catch(() => {}), sleep(10_000)])
  } catch (error) {
    const known = inWords(error)
    console.error(known instanceof StartFailure ? `\n${known.message}` : known)
    process.exitCode = 1
  }
  await stopInReverse(stops)
  if (process.exitCode !== 1) say('Everything has stopped; `npm start` goes on from here.')
  // What libraries left behind (timers, idle connections) must not keep the terminal waiting.
  process.exit()
}

async function start(stops: (() => Promise<void> | void)[], asked: AbortSignal): Promise<void> {
  const configuration = readStartConfiguration(process.env)
  makeFolder(configuration.dataDir)
  const held = lock(configuration.dataDir)
  stops.push(() => held.release())
  demandFreeDisk(configuration.dataDir)
  const record = processRecord(configuration.dataDir)
  await record.endLeftovers(say)
  await demandFreePort(configuration.port, 'PORT')
  await demandFreePort(configuration.simulatorPort, 'SIMULATOR_PORT')
  const parts = await startParts(configuration, { record, stops, say, asked })
  if (!asked.aborted) say(describeReady(configuration, parts))
}

async function stopInReverse(stops: (() => Promise<void> | void)[]): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    try {
      await stop()
    } catch (error) {
      console.error(error) // the others must be stopped all the same
    }
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
