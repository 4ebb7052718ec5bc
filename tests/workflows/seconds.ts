// What the test server and the worker themselves take, on a busy machine.
const slack = 10

/** Timers are exact; what happens between them takes real time. */
export function expectSeconds(actual: number, expected: number): void {
  expect(actual).toBeGreaterThanOrEqual(expected - 0.1)
  expect(actual).toBeLessThan(expected + slack)
}
