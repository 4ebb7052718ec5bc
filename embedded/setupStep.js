'use strict'
// Plain JavaScript without dependencies, as preparation.js, which needs it on a fresh clone.
const { spawn } = require('node:child_process')
const path = require('node:path')

const root = path.resolve(__dirname, '..')
// A step whose set-up was killed, however, ends too, and does not get in the way of the next one.
const tether = `--require ${JSON.stringify(path.join(__dirname, 'tether.js'))}`
const graceMillis = 2_000

/**
 * Runs a program of Node.js, says what it is for, and every five seconds that it is still at it.
 * @param {string} purpose
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, signal?: AbortSignal }} [options] quiet: what it prints is shown when it fails
 */
function run(purpose, command, args, { cwd = root, env = process.env, quiet = false, signal } = {}) {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  say(`${purpose} …`)
  const stillAtIt = setInterval(() => say(`${purpose} … ${seconds()} s`), 5000)
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} ${tether}`.trim() },
      stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2, 'ipc'],
    })
    const end = () => {
      say('Stopping …')
      child.kill()
      // npm would rather put everything back first; what is half there is made anew by the next start.
      setTimeout(() => child.kill('SIGKILL'), graceMillis).unref()
    }
    signal?.addEventListener('abort', end, { once: true })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code, by) => {
      signal?.removeEventListener('abort', end)
      if (code === 0) return resolve()
      if (!signal?.aborted) process.stderr.write(said)
      reject(new Error(`${purpose} failed (${by ?? `exit code ${code}`}); what it printed is above.`))
    })
  }).finally(() => clearInterval(stillAtIt))
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

module.exports = { run, say }
