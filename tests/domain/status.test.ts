import { canMove, caseStatuses } from '../../domain/status'

test('a closed case stays closed', () => {
  expect(caseStatuses.filter((to) => canMove('closed', to))).toEqual([])
})

test('only a case whose money settles can close', () => {
  expect(caseStatuses.filter((from) => canMove(from, 'closed'))).toEqual(['settling'])
})

test('no status moves to itself: a repeated message is no move', () => {
  expect(caseStatuses.filter((status) => canMove(status, status))).toEqual([])
})

test('every open status can be reached from the beginning, and leads to the end', () => {
  const reach = (start: (typeof caseStatuses)[number], forward: boolean) => {
    const found = new Set([start])
    for (const status of found) for (const next of caseStatuses) if (forward ? canMove(status, next) : canMove(next, status)) found.add(next)
    return [...found].sort()
  }
  expect(reach('received', true)).toEqual([...caseStatuses].sort())
  expect(reach('closed', false)).toEqual([...caseStatuses].sort())
})
