import { mkdirSync, readdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type * as Engine from '@prisma/schema-engine-wasm'
import { StartFailure } from './failure'
import { MigrationAdapterFactory } from './migrationAdapter'

const prismaFolder = path.resolve(__dirname, '..', 'prisma')
const migrationsFolder = path.join(prismaFolder, 'migrations')
const lock = 'provider = "postgresql"\n'
const filters = { externalTables: [], externalEnums: [] }

/**
 * Applies the migrations that the database does not have yet, in order, and records them as Prisma does.
 * Prisma's own engine for this is a download; its WebAssembly build comes with the packages.
 * @returns the names of those applied, none when it was up to date
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsOnDisk(), filters })
    return appliedMigrationNames
  })
}

/**
 * The SQL that leads from the migrations on disk to `prisma/schema.prisma`, empty when nothing changed.
 * The database is only borrowed: the migrations are replayed in a shadow database beside it.
 */
export async function nextMigration(databaseUrl: string): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const migrations = migrationsOnDisk()
    const { stdout } = await engine.diff({
      from: migrations.migrationDirectories.length > 0 ? { tag: 'migrations', ...migrations } : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: schemaFiles() },
      script: true,
      exitCode: null,
      filters,
    })
    return stdout ?? ''
  })
}

/** Writes the next migration's folder and returns its path. */
export function writeMigration(name: string, sql: string): string {
  const moment = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join(migrationsFolder, `${moment}_${name.replace(/\W+/g, '_')}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'migration.sql'), sql)
  const lockfile = path.join(migrationsFolder, 'migration_lock.toml')
  if (!existsSync(lockfile)) writeFileSync(lockfile, lock)
  return path.join(folder, 'migration.sql')
}

function migrationsOnDisk(): Engine.MigrationList {
  const lockfile = path.join(migrationsFolder, 'migration_lock.toml')
  const names = existsSync(migrationsFolder)
    ? readdirSync(migrationsFolder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : lock },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(path.join(migrationsFolder, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

function schemaFiles(): { path: string; content: string }[] {
  return readdirSync(prismaFolder)
    .filter((name) => name.endsWith('.prisma'))
    .map((name) => ({ path: path.join(prismaFolder, name), content: readFileSync(path.join(prismaFolder, name), 'utf8') }))
}

async function withEngine<T>(databaseUrl: string, use: (engine: Engine.SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine()
  const adapters = new MigrationAdapterFactory(databaseUrl)
  const datamodels = schemaFiles().map(({ path: file, content }): [string, string] => [file, content])
  const engine = await SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapters))
  try {
    return await use(engine)
  } catch (error) {
    throw new StartFailure(`The database could not be brought up to date: ${reason(error)}`)
  } finally {
    engine.free()
    await adapters.close()
  }
}

// The engine wraps what went wrong in JSON about its own inside; the message is what a person can use.
function reason(error: unknown): string {
  const { message } = error as Error
  return message.replace(/\s+/g, ' ').trim()
}

type Exports = Record<string, unknown>

// Neither the compiler's library nor Node's types declare it without the whole DOM.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: Record<string, unknown>): Promise<{ instance: { exports: Exports } }> }
}

let engine: Promise<typeof Engine> | undefined

// Once per process: the glue keeps views of its first instance's memory, a second one would read garbage.
function loadEngine(): Promise<typeof Engine> {
  return (engine ??= instantiateEngine())
}

/** The package's own loader is for bundlers that import .wasm; Node instantiates it by hand. */
async function instantiateEngine(): Promise<typeof Engine> {
  // Where the engine puts its last words before it panics.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) } })
  const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const glue = (await import(entry)) as typeof Engine & { __wbg_set_wasm(exports: Exports): void }
  const bytes = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
  return glue
}
