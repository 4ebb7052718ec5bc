import type { Infrastructure } from './infrastructure'

/** The servers that the test run started. */
export function infrastructure(): Infrastructure {
  const value = process.env.TEST_INFRASTRUCTURE
  if (!value) throw new Error("run the tests by jest with this project's configuration: its global set-up starts the servers")
  return JSON.parse(value) as Infrastructure
}
