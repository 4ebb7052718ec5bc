import { chooseCallerNumber, countryOf, type CallerNumber, type CallerNumbers } from '../domain/callerNumbers'
import type { Sql } from './database'

/** All caller numbers are one arrangement, so that a change is seen whole. */
export const callerNumbersSubject = 'all'

export async function callerNumbers(tx: Sql): Promise<{ version: number; numbers: CallerNumber[] }> {
  const [newest] = await tx.$queryRaw<{ version: number; body: CallerNumbers }[]>`
    SELECT version, body FROM arrangement_version WHERE kind = 'caller_numbers' AND subject = ${callerNumbersSubject} ORDER BY version DESC LIMIT 1`
  return { version: newest?.version ?? 0, numbers: newest?.body.numbers ?? [] }
}

const callsLookedAt = 1_000

/** How the newest calls, by country, would have been made. Numbers that are null are the configured one. */
export interface CallerNumberForecast {
  country: string | null
  calls: number
  before: (string | null)[]
  after: (string | null)[]
}

/** What another list would have done to the last thousand calls, the country with the most first. */
export async function forecastCallerNumbers(tx: Sql, wanted: readonly CallerNumber[]): Promise<CallerNumberForecast[]> {
  const { numbers } = await callerNumbers(tx)
  const calls = await tx.$queryRaw<{ phone: string; queueId: string | null }[]>`
    SELECT a.phone, c.queue_id AS "queueId" FROM attempt a JOIN risk_case c ON c.id = a.case_id
    WHERE a.mode <> 'inbound' AND a.phone <> '' ORDER BY a.intended_at DESC LIMIT ${callsLookedAt}`
  const located = calls.map((call) => ({ ...call, country: countryOf(call.phone) ?? null }))
  const shown = (list: readonly CallerNumber[], made: typeof calls) => [
    ...new Set(made.map(({ phone, queueId }) => chooseCallerNumber(list, phone, queueId)?.phone ?? null)),
  ]
  return [...new Set(located.map(({ country }) => country))]
    .map((country) => {
      const made = located.filter((call) => call.country === country)
      return { country, calls: made.length, before: shown(numbers, made), after: shown(wanted, made) }
    })
    .toSorted((a, b) => b.calls - a.calls)
}
