import net from 'node:net'
import pino from 'pino'
import { JournalDamaged } from './journal'
import { BadEnvironment, readEnvironment } from './options'
import { createSimulator } from './simulator'

async function main(): Promise<void> {
  const { port, options } = readEnvironment(process.env)
  const log = pino({ name: 'simulator', level: options.logLevel })
  // Before the journal is opened: it may belong to the simulator that has the port.
  await demandFreePort(port)
  const simulator = createSimulator(options)
  const { url } = await simulator.listen(port)
  log.info({ url, speed: options.speed, callsPerSecond: options.callsPerSecond }, 'simulator is listening')

  const stop = (signal: string) => {
    log.info({ signal }, 'simulator is stopping')
    simulator.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'simulator did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function demandFreePort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject)
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

// A row that cannot be written must not go on living in memory: the next process starts from what is on the disk.
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  console.error(error.code === 'ENOSPC' ? 'The simulator stops: the disk that holds DATA_DIR is full.' : error)
  process.exit(1)
})

main().catch((error: NodeJS.ErrnoException) => {
  const plain = error instanceof BadEnvironment || error instanceof JournalDamaged
  if (error.code === 'EADDRINUSE')
    console.error(`The simulator cannot start: port ${process.env.SIMULATOR_PORT ?? 3001} is in use (SIMULATOR_PORT chooses another).`)
  else console.error(plain ? error.message : error)
  process.exit(1)
})
