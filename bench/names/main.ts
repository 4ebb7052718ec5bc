import { parseArgs } from 'node:util'
import { canonicalName, plainWords } from '../../domain/transfers/name'
import { maskForCompletion } from '../../domain/transfers/mask'
import { transferCheckPolicy } from '../../domain/transfers/policy'
import { createProgress } from '../progress'
import { createGuesser } from './guesser'
import { createPopulation, kinds, seeded, type Kind } from './population'

/** How often the best guesser, who knows everything but the name, completes a masked name within the tries. */
export interface GuessingResult {
  kind: Kind
  /** Names that were asked for; the rest is too easily guessed and is shown instead. */
  asked: number
  shown: number
  guessed: number
  rate: number
  /** Above this the true rate lies once in forty runs of the benchmark (Wilson). */
  upperBound: number
}

export function guess(kind: Kind, runs: number, seed: number, breadth = 1): GuessingResult {
  const policy = transferCheckPolicy.parse({})
  const chancePerGuess = policy.guessChance / policy.tries
  const draw = createPopulation(seeded(seed))[kind]
  const guesser = createGuesser(kind, chancePerGuess, breadth)
  let asked = 0
  let guessed = 0
  for (let run = 0; run < runs; run++) {
    const name = draw()
    const masked = maskForCompletion(name, chancePerGuess)
    if (!masked) continue
    asked++
    const answers = guesser(masked.masked, policy.tries).map((answer) => canonicalName(plainWords(answer)))
    if (answers.includes(masked.whole)) guessed++
  }
  return { kind, asked, shown: runs - asked, guessed, rate: guessed / asked, upperBound: upperBound(guessed, asked) }
}

function upperBound(hits: number, of: number, z = 1.96): number {
  const rate = hits / of
  const spread = z * Math.sqrt((rate * (1 - rate)) / of + (z * z) / (4 * of * of))
  return (rate + (z * z) / (2 * of) + spread) / (1 + (z * z) / of)
}

function main(given: string[]): void {
  const { values } = parseArgs({ args: given, options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '2012' } } })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error('Usage: npm run bench:names -- [--runs=10000] [--seed=2012]')
  const progress = createProgress()
  const policy = transferCheckPolicy.parse({})
  console.log(`${runs} names of each kind, ${policy.tries} tries each; policy allows ${(policy.guessChance * 100).toFixed(2)} %`)
  for (const kind of kinds) {
    progress.step(kind)
    const { asked, shown, guessed, rate, upperBound: upper } = guess(kind, runs, Number(values.seed))
    console.log(`${kind.padEnd(16)} asked ${asked}, shown instead ${shown}; guessed ${guessed}: ${(rate * 100).toFixed(2)} % (below ${(upper * 100).toFixed(2)} %)`)
  }
}

if (require.main === module) main(process.argv.slice(2))
