import { callState } from '../../dashboard/src/desk/callState'
import { pretendCall } from './pretendCase'

test.each([
  ['preparing', null],
  ['dialling', pretendCall({ status: 'intended' })],
  ['dialling', pretendCall({ status: 'queued' })],
  ['ringing', pretendCall({ status: 'ringing' })],
  ['answered', pretendCall({ status: 'in_progress' })],
  ['onTheLine', pretendCall({ status: 'in_progress', contactAt: '2026-11-22T09:00:00.000Z' })],
  ['ended', pretendCall({ status: 'ended', outcome: 'no_answer' })],
] as const)('says “%s”', (word, call) => {
  expect(callState(call, false, false).word).toBe(word)
})

test('a payer on hold is told before everything else', () => {
  expect(callState(pretendCall({ status: 'in_progress' }), true, false).word).toBe('held')
})

test('a call that ended says that another one follows when one does', () => {
  expect(callState(pretendCall({ status: 'ended' }), false, true).word).toBe('retry')
})

test('the clock of an answered call counts from the answer, and stops at its end', () => {
  const ended = pretendCall({ status: 'ended', answeredAt: '2026-11-22T09:00:00.000Z', endedAt: '2026-11-22T09:01:00.000Z' })
  expect(callState(ended, false, false)).toMatchObject({ from: ended.answeredAt, to: ended.endedAt, live: false })
})
