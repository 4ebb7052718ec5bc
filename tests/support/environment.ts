import type { Circus } from '@jest/types'
import { TestEnvironment } from 'jest-environment-node'

/** Node's environment, in which a test file that leaves something open fails, instead of the next one suffering from it. */
export default class LeakCheckingEnvironment extends TestEnvironment {
  handleTestEvent(event: Circus.Event): void {
    if (event.name !== 'run_finish') return
    const left = (this.global as { leftOpen?: Set<string> }).leftOpen
    if (left && left.size > 0) throw new Error(`this test file left open: ${[...left].join(', ')}`)
  }
}
