'use strict'
// `npm test [arguments for jest]`: types, lint and tests, after the same preparation as `npm start`.
const { spawnSync } = require('node:child_process')
const { mkdtempSync, readFileSync, rmSync, existsSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { prepare, root } = require('./preparation.js')

/** Runs one of the project's tools; its output goes to the terminal. Returns whether it was content. */
function check(purpose, program, args) {
  process.stderr.write(`${purpose} …\n`)
  const began = Date.now()
  const { status } = spawnSync(process.execPath, [path.join('node_modules', program), ...args], { cwd: root, stdio: 'inherit' })
  process.stderr.write(`${purpose}: ${status === 0 ? 'done' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s\n`)
  return status === 0
}

function runJest(args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'risk-callback-jest-'))
  const file = path.join(folder, 'result.json')
  try {
    const content = check('Testing', 'jest/bin/jest.js', ['--json', `--outputFile=${file}`, ...args])
    return { content, result: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that could not be run at all has no test that failed; it counts as one. */
function lastLine(result) {
  if (!result) return '0 passed, 1 failed'
  return `${result.numPassedTests} passed, ${result.numFailedTests + result.numRuntimeErrorTestSuites} failed`
}

async function main() {
  await prepare()
  const checks = [
    check('Checking types', 'typescript/bin/tsc', ['--noEmit', '-p', '.']),
    check("Checking the dashboard's types", 'typescript/bin/tsc', ['--noEmit', '-p', 'dashboard']),
    check('Linting', 'oxlint/bin/oxlint', ['--type-aware']),
  ]
  const { content, result } = runJest(process.argv.slice(2))
  process.exitCode = content && checks.every(Boolean) ? 0 : 1
  process.stdout.write(`${lastLine(result)}\n`)
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.stdout.write(`${lastLine(undefined)}\n`)
  process.exitCode = 1
})
