import type { Comparison, Pair } from './comparison'
import type { DesksResult } from './desks'
import type { BenchResults } from './main'
import { median, type Latencies } from './statistics'
import type { SurgeResult } from './surge'
import { table } from './table'

/** The results for people. */
export function print({ machine, comparison, surge, desks, targets }: BenchResults): void {
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`
  console.log(`\n${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ${machine.system}; load before: ${machine.loadBefore.toFixed(1)}`)
  if (comparison) {
    printLatencies(comparison)
    printThroughput(comparison)
    console.log(table('Memory after the load', ['process', ''], Object.entries(comparison.memory).map(([part, bytes]) => [part, megabytes(bytes)])))
  }
  if (surge) printSurge(surge)
  if (desks) printDesks(desks)
  console.log(table('Targets', ['', 'wanted', 'is', ''], targets.map(({ name, wanted, value, kept }) => [name, wanted, number(value), kept ? 'kept' : 'MISSED'])))
}

function printLatencies({ idle, load }: Comparison): void {
  const rows = (name: string, pair: Pair<Latencies>) =>
    (['answer', 'request', 'ring', 'whole'] as const).map((which) => {
      const { bare, product } = pair
      const ratio = (share: 'p50' | 'p99') => (product[which][share] / bare[which][share]).toFixed(2)
      return [`${name}, ${words[which]}`, two(product[which]), two(bare[which]), `${ratio('p50')} / ${ratio('p99')}`]
    })
  console.log(
    table('Milliseconds since the flag was sent, p50 / p99', ['', 'product', 'bare', 'product / bare'], [
      ...rows(`idle (${idle.product.cases})`, idle),
      ...rows(`${load.casesPerSecond} a second (${load.product.cases})`, load),
    ]),
  )
}

const words = { answer: 'flag → answer', request: 'flag → Twilio request', ring: 'flag → ring', whole: 'flag → closed' }
const two = ({ p50, p99 }: { p50: number; p99: number }) => `${p50} / ${p99}`

function printThroughput({ throughput, footprint, cpuPerCase, postgresPerCase, usedByOthers }: Comparison): void {
  const [product, bare] = [median(throughput.product), median(throughput.bare)]
  const list = (rates: number[]) => rates.map((rate) => rate.toFixed(1)).join(', ')
  const percent = (shares: number[]) => shares.map((share) => `${Math.round(share * 100)} %`).join(', ')
  const cpu = (of: Record<string, number>) => Math.round(Object.values(of).reduce((sum, millis) => sum + millis, 0))
  console.log(
    table('Whole cases', ['', 'product', 'bare', 'product / bare'], [
      ['a second, as many as fit (each round)', list(throughput.product), list(throughput.bare), (product / bare).toFixed(2)],
      ['meanwhile used by others', percent(usedByOthers.product), percent(usedByOthers.bare), ''],
      ['history events of one', String(footprint.product.events), String(footprint.bare.events), (footprint.product.events / footprint.bare.events).toFixed(2)],
      ['history bytes of one', String(footprint.product.bytes), String(footprint.bare.bytes), (footprint.product.bytes / footprint.bare.bytes).toFixed(2)],
      ['billable actions of one', String(footprint.product.billableActions), String(footprint.bare.billableActions), ''],
      ['PostgreSQL transactions of one', number(postgresPerCase.transactions), '', ''],
      ['PostgreSQL log of one, bytes', number(Math.round(postgresPerCase.walBytes)), '', ''],
      ['processor time of one, ms', String(cpu(cpuPerCase.product)), String(cpu(cpuPerCase.bare)), ''],
      ...Object.keys(cpuPerCase.product).map((part) => [`  of that ${part}`, Math.round(cpuPerCase.product[part]!).toString(), Math.round(cpuPerCase.bare[part]!).toString(), '']),
    ]),
  )
}

function printSurge(surge: SurgeResult): void {
  const order = ({ handedOut, overtook }: SurgeResult['dialOrder']) => `${overtook} of ${handedOut}`
  console.log(
    table(`Surge: ${surge.flags} flags in ${surge.sentInSeconds.toFixed(1)} s`, ['', ''], [
      ['flag → answer, ms, p50 / p99', two(surge.answer)],
      ['rung before the deadline', `${surge.rungInTime} of ${surge.flags}, least time left ${surge.leastTimeLeftSeconds} s`],
      ['all dialled in', `${surge.dialledInSeconds.toFixed(1)} s: ${(surge.rateUsed * 100).toFixed(1)} % of the allowed rate, at most ${surge.mostInOneSecond} in one second`],
      ['wait at the provider, ms, p50 / p99 / worst', `${two(surge.providerQueueMillis)} / ${surge.providerQueueMillis.worst}`],
      ['how they were dialled', Object.entries(surge.modes).map(([mode, count]) => `${count} ${mode}`).join(', ')],
      ['dialled before a more urgent one', order(surge.dialOrder)],
      ['offered before a more urgent one', order(surge.offerOrder)],
      ['closed', `${surge.closed} of ${surge.flags}`],
    ]),
  )
}

function printDesks({ desks, offersPerSecond, seconds, made, seenMillis, lost, twice }: DesksResult): void {
  console.log(
    table(`${desks} open desks, ${offersPerSecond} offers a second for ${seconds} s`, ['', ''], [
      ['offers made', String(made)],
      ['offer → seen, ms, p50 / p99 / worst', `${two(seenMillis)} / ${seenMillis.worst}`],
      ['lost', String(lost)],
      ['given twice', String(twice)],
    ]),
  )
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2)
}
