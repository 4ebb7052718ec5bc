import { createServer, connect } from 'node:net'
import { StartFailure } from './failure'

const loopback = '127.0.0.1'

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, loopback, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** @throws {StartFailure} naming the port, the variable that sets it and a way out */
export async function demandFreePort(port: number, variable: string): Promise<void> {
  // A listener on all addresses does not keep every system from binding 127.0.0.1, hence the first question.
  if (await somebodyListens(port)) throw inUse(port, variable)
  await new Promise<void>((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return reject(inUse(port, variable))
      if (error.code === 'EACCES') {
        return reject(new StartFailure(`Port ${port} may only be used by an administrator: set ${variable} to a number above 1023.`))
      }
      reject(error)
    })
    server.listen(port, loopback, () => server.close(() => resolve()))
  })
}

function somebodyListens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: loopback })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function inUse(port: number, variable: string): StartFailure {
  return new StartFailure(`Port ${port} is in use by another program: stop it, or choose another port, for example ${variable}=${port + 10} npm start.`)
}
