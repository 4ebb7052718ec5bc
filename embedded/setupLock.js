'use strict'
// Plain JavaScript without dependencies, as preparation.js, which needs it on a fresh clone.
const fs = require('node:fs')
const path = require('node:path')
const { setTimeout: sleep } = require('node:timers/promises')

const touchMillis = 1_000
// Whoever was killed touches its lock no more; its last step may live on for 20 s, see tether.js.
const staleMillis = 25_000
const patienceMillis = 1_000

/**
 * Does the work while nobody else does it for this folder; waits for them first, and says so.
 * @template T
 * @param {{ folder: string, say: (line: string) => void, signal: AbortSignal }} where
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function alone({ folder, say, signal }, work) {
  const file = path.join(folder, 'setting-up')
  const began = Date.now()
  for (let told = false; !take(file); await sleep(100, undefined, { signal })) {
    if (told || Date.now() - began < patienceMillis) continue
    told = true
    say('Another start is setting this folder up, or was killed at it; waiting …')
  }
  const touch = setInterval(() => fs.utimes(file, new Date(), new Date(), () => {}), touchMillis)
  try {
    return await work()
  } finally {
    clearInterval(touch)
    fs.rmSync(file, { force: true })
  }
}

/** Whether it is ours now, or nobody's because nothing can be set up in a folder that cannot be written. */
function take(file) {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.closeSync(fs.openSync(file, 'wx'))
    return true
  } catch (error) {
    if (['EROFS', 'EACCES', 'EPERM'].includes(error.code)) return true
    if (error.code !== 'EEXIST') throw error
  }
  const found = fs.statSync(file, { throwIfNoEntry: false })
  if (found && Date.now() - found.mtimeMs > staleMillis) fs.rmSync(file, { force: true })
  return false
}

module.exports = { alone }
