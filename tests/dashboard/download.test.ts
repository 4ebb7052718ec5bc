import { countMarks } from '../../dashboard/src/api/download'

test.each([
  ['in one piece', ['a\r\nb\r\n'], 2],
  ['cut in the middle of a mark', ['a\r', '\nb', '\r', '\n'], 2],
  ['cut in the middle of a letter', [Uint8Array.of(0xe7, 0x8e), Uint8Array.of(0x8b, 13, 10)], 1],
  ['none', ['a', '\r', 'b\n'], 0],
])('marks are counted as they pass by: %s', async (_, pieces, wanted) => {
  const counts: number[] = []
  const passed = new Response(
    new ReadableStream({
      start(stream) {
        for (const piece of pieces) stream.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
        stream.close()
      },
    }).pipeThrough(countMarks('\r\n', (count) => counts.push(count))),
  )
  const text = await passed.text()
  expect(counts.at(-1)).toBe(wanted)
  expect(text.split('\r\n').length - 1).toBe(wanted)
})
