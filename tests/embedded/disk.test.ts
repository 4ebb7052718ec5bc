import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { demandFreeDisk, makeFolder } from '../../embedded/disk'
import { inWords } from '../../embedded/failure'
import { temporaryFolder } from './folder'

test('a nearly full disk is one clear sentence', () => {
  demandFreeDisk('/data', 400 * 1024 * 1024)
  expect(() => demandFreeDisk('/data', 12 * 1024 * 1024)).toThrow('The disk of /data has 12 MB left and 300 MB are needed')
})

test('a disk that fills while we write is one clear sentence', () => {
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/data/lock.json' })
  expect(inWords(full)).toMatchObject({ message: 'The disk is full (writing /data/lock.json): free some space and start again.' })
})

test('a folder for the data is made with those above it; a file in the way, and a place where nothing can be made, are sentences', () => {
  const home = temporaryFolder()
  const folder = path.join(home, 'a', 'b')
  makeFolder(folder)
  makeFolder(folder)
  expect(existsSync(folder)).toBe(true)
  const file = path.join(home, 'file')
  writeFileSync(file, '')
  const inTheWay = () => {
    try {
      makeFolder(path.join(file, 'data'))
    } catch (error) {
      throw inWords(error) as Error
    }
  }
  expect(inTheWay).toThrow('cannot be made, because a file is in the way')
  if (process.platform === 'linux') expect(() => makeFolder('/proc/data')).toThrow('/proc/data cannot be made: set DATA_DIR')
})
