import fc from 'fast-check'
import { createEventParser } from '../../dashboard/src/api/eventStream'

const text =
  ': still here\n\nevent: presence\ndata: {"status":"available"}\n\nretry: 1000\n\nevent: note\r\ndata: {"lines":\r\ndata: 2}\r\n\r\ndata: "plain"\n\n'
const told = [
  ['presence', { status: 'available' }],
  ['note', { lines: 2 }],
  ['message', 'plain'],
]

test('events are told once each, however the network cuts the text', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 20 }), (cuts) => {
      const heard: [string, unknown][] = []
      const feed = createEventParser((name, data) => heard.push([name, data]))
      const points = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      points.slice(1).forEach((end, index) => feed(text.slice(points[index], end)))
      expect(heard).toEqual(told)
    }),
  )
})

test('a comment is no event', () => {
  const heard: unknown[] = []
  createEventParser((_name, data) => heard.push(data))(': still here\n\n')
  expect(heard).toEqual([])
})
