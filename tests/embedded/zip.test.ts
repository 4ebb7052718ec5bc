import { deflateRawSync } from 'node:zlib'
import { extractFromZip } from '../../embedded/zip'

/** A zip archive with one file, as the format's description has it. */
function zip(name: string, content: Buffer, method: 0 | 8): Buffer {
  const packed = method === 8 ? deflateRawSync(content) : content
  const extra = Buffer.from([1, 0, 0, 0])
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(name.length, 26)
  local.writeUInt16LE(extra.length, 28)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(method, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt16LE(name.length, 28)
  const before = Buffer.concat([local, Buffer.from(name), extra, packed])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(before.length, 16)
  return Buffer.concat([before, entry, Buffer.from(name), end])
}

test.each([0, 8] as const)('a file is read out of an archive with method %i', (method) => {
  const content = Buffer.from('a program'.repeat(100))
  expect(extractFromZip(zip('folder/program', content, method), 'program')).toEqual(content)
})

test('a missing file and a broken archive are told', () => {
  expect(() => extractFromZip(zip('folder/program', Buffer.from('x'), 0), 'other')).toThrow('has no other')
  expect(() => extractFromZip(Buffer.from('<html>'), 'program')).toThrow('not a zip archive')
})
