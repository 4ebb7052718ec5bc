import { chmodSync, renameSync, writeFileSync } from 'node:fs'

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivately(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, content, { mode: 0o600 })
  // An older file of that name would have kept its mode.
  chmodSync(unfinished, 0o600)
  renameSync(unfinished, file)
}
