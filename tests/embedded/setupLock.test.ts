import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from './folder'

interface SetupLock {
  alone<T>(where: { folder: string; say(line: string): void; signal: AbortSignal }, work: () => Promise<T>): Promise<T>
}
const { alone } = require('../../embedded/setupLock.js') as SetupLock

const quiet = { say: () => undefined, signal: new AbortController().signal }

test('two starts set one folder up one after the other', async () => {
  const folder = temporaryFolder()
  const done: string[] = []
  let finish = () => {}
  const first = alone({ folder, ...quiet }, async () => {
    done.push('first begins')
    await new Promise<void>((resolve) => (finish = resolve))
    done.push('first ends')
  })
  const second = alone({ folder, ...quiet }, async () => void done.push('second begins'))
  await new Promise((resolve) => setTimeout(resolve, 300))
  finish()
  await Promise.all([first, second])
  expect(done).toEqual(['first begins', 'first ends', 'second begins'])
  expect(existsSync(path.join(folder, 'setting-up'))).toBe(false)
})

test('the lock of a set-up that was killed is taken over', async () => {
  const folder = temporaryFolder()
  const file = path.join(folder, 'setting-up')
  writeFileSync(file, '')
  utimesSync(file, new Date(0), new Date(0))
  expect(await alone({ folder, ...quiet }, async () => 'done')).toBe('done')
})

test('Ctrl-C ends the wait for somebody else', async () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'setting-up'), '')
  await expect(alone({ folder, ...quiet, signal: AbortSignal.timeout(50) }, async () => 'done')).rejects.toThrow()
})
