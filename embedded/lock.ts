import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { StartFailure } from './failure'
import { identify, isStill, type Identity } from './identity'

export interface Lock {
  release(): void
}

/**
 * Keeps a second start from the same DATA_DIR. A lock whose holder was killed is taken over.
 * @throws {StartFailure} naming the holder
 */
export function lock(dataDir: string): Lock {
  mkdirSync(dataDir, { recursive: true })
  const file = path.join(dataDir, 'lock.json')
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, JSON.stringify(identify(process.pid)))
  try {
    for (let tries = 0; tries < 5; tries++) {
      try {
        linkSync(mine, file) // makes it whole, and fails when there is one
        return { release: () => rmSync(file, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = holderOf(file)
      if (holder && isStill(holder)) {
        throw new StartFailure(`Another start (process ${holder.pid}) is using ${dataDir}: stop it, or set DATA_DIR to another folder.`)
      }
      rmSync(file, { force: true })
    }
    throw new StartFailure(`${file} keeps coming back: several starts are using ${dataDir} at once.`)
  } finally {
    rmSync(mine, { force: true })
  }
}

function holderOf(file: string): Identity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Identity
  } catch {
    return undefined // released in this moment
  }
}
