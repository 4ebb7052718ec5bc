import { demandFreeDisk } from '../../embedded/disk'
import { inWords } from '../../embedded/failure'

test('a nearly full disk is one clear sentence', () => {
  demandFreeDisk('/data', 400 * 1024 * 1024)
  expect(() => demandFreeDisk('/data', 12 * 1024 * 1024)).toThrow('The disk of /data has 12 MB left and 300 MB are needed')
})

test('a disk that fills while we write is one clear sentence', () => {
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/data/lock.json' })
  expect(inWords(full)).toMatchObject({ message: 'The disk is full (writing /data/lock.json): free some space and start again.' })
})
