import { short } from './plan'
import { runFaults } from './run'

// The short form of `npm run test:faults`: each part of the product is killed at least once.
test('whatever dies, no case is lost, no phone rings twice for one attempt, no money stays undecided', async () => {
  const lines: string[] = []
  const print = (line: string) => {
    lines.push(line)
    process.stderr.write(`faults: ${line}\n`)
  }
  const { violations, report, logFile } = await runFaults({ seed: Math.floor(Math.random() * 1e9), size: short, patienceMillis: 180_000, print })
  if (violations.length > 0) throw new Error([...lines, '', report, '', `what the processes printed: ${logFile}`].join('\n'))
}, 480_000)
