import { mkdirSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { StartFailure } from './failure'

/** Enough for a new database, its log and a day of demo; PostgreSQL stops dead when the disk is full. */
const neededBytes = 300 * 1024 * 1024

/** @throws {StartFailure} when the disk of `folder` is nearly full */
export function demandFreeDisk(folder: string, freeBytes = freeBytesOf(folder)): void {
  if (freeBytes >= neededBytes) return
  const inMegabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024)
  throw new StartFailure(
    `The disk of ${folder} has ${inMegabytes(freeBytes)} MB left and ${inMegabytes(neededBytes)} MB are needed: free some space, or set DATA_DIR to a folder on another disk.`,
  )
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/**
 * With the folders above it. Node's own way never ends where nothing can be made, as below /proc.
 * @throws {StartFailure} when nothing can be made there; the system's error otherwise
 */
export function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (!found) makeFolder(path.dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new StartFailure(`${folder} cannot be made: set DATA_DIR to a folder on a disk.`)
  }
}
