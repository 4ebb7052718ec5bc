import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { identify } from '../../embedded/identity'
import { lock } from '../../embedded/lock'
import { temporaryFolder } from './folder'

test('a second start on the same folder is refused, and allowed again after the first has ended', () => {
  const folder = temporaryFolder()
  const first = lock(folder)
  expect(() => lock(folder)).toThrow(`Another start (process ${process.pid}) is using ${folder}`)
  first.release()
  lock(folder).release()
  expect(existsSync(path.join(folder, 'lock.json'))).toBe(false)
})

test('the lock of a start that was killed is taken over', async () => {
  const folder = temporaryFolder()
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  writeFileSync(path.join(folder, 'lock.json'), JSON.stringify(identify(child.pid!)))
  expect(() => lock(folder)).toThrow(`process ${child.pid}`)
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  lock(folder).release()
})

test('a process that only has the number of the one that was killed does not keep the lock', () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'lock.json'), JSON.stringify({ ...identify(process.pid), startedAt: 'long ago' }))
  lock(folder).release()
})
