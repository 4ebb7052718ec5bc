import { statfsSync } from 'node:fs'
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
