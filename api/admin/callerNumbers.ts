import { z } from 'zod'
import { callerNumbersSchema } from '../../domain/callerNumbers'
import { recordArrangement } from '../../records/arrangements'
import { callerNumbers, callerNumbersSubject, forecastCallerNumbers } from '../../records/callerNumbers'
import { sqlOf, transact } from '../../records/database'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { invalid } from '../problem'
import { outdated, refuseInWords } from '../routing/arranging'
import { readVersions, versionAnswers } from '../routing/versions'
import type { AdminDeps } from './admin'
import { tag } from './administering'

const numbersView = z
  .object({ version: z.int(), configured: z.string().meta({ description: 'shown where no other number fits' }), numbers: callerNumbersSchema.shape.numbers })
  .meta({ id: 'VersionedCallerNumbers' })
export type CallerNumbersView = z.output<typeof numbersView>
const shown = z.array(z.string().nullable()).meta({ description: 'null: the configured number' })
const forecastView = z
  .object({ countries: z.array(z.object({ country: z.string().nullable(), calls: z.int(), before: shown, after: shown })) })
  .meta({ id: 'CallerNumberForecast' })
export type CallerNumberForecastView = z.output<typeof forecastView>
const example = {
  numbers: [{ phone: '+8613800000099', countries: ['CN'], queues: [], active: true, validated: true, attestation: 'Carrier letter of 2026-10-01' }],
}
const path = '/v1/caller-numbers'

/** The numbers that calls show: a local one where there is one for the payer's country, the configured one otherwise. */
export function callerNumberEndpoints({ db, gate, configuration }: AdminDeps): Endpoint[] {
  const configured = configuration.telephony.fromNumber
  const reading = gate.staff('supervisor', 'compliance', 'admin')
  const changing = gate.staff('compliance', 'admin')
  return [
    endpoint({
      method: 'get',
      path,
      tag,
      summary: 'The numbers that calls show',
      access: reading,
      answers: { 200: { description: 'In the order in which they are tried.', schema: numbersView } },
      handle: async () => ({ configured, ...(await callerNumbers(sqlOf(db))) }),
    }),
    endpoint({
      method: 'get',
      path: `${path}/versions`,
      tag,
      summary: 'Earlier lists of the numbers that calls show',
      access: reading,
      answers: versionAnswers,
      handle: async () => ({ versions: await readVersions(db, { kind: 'caller_numbers', subject: callerNumbersSubject }) }),
    }),
    endpoint({
      method: 'post',
      path: `${path}/forecast`,
      tag,
      summary: 'Which numbers the last thousand calls would have shown, before a list is saved',
      access: changing,
      body: callerNumbersSchema,
      bodyExample: example,
      answers: { 200: { description: 'By country; nothing was changed.', schema: forecastView } },
      handle: async ({ body }) => ({ countries: await forecastCallerNumbers(sqlOf(db), body.numbers) }),
    }),
    endpoint({
      method: 'put',
      path,
      tag,
      summary: 'Change the numbers that calls show',
      access: changing,
      body: z.strictObject({ since: z.int().min(0), settings: callerNumbersSchema }),
      bodyExample: { since: 0, settings: example },
      answers: { 200: { description: 'From the next call on.', schema: numbersView }, ...outdated },
      async handle({ caller, body: { since, settings } }) {
        const queues = new Set((await db.queue.findMany({ select: { id: true } })).map(({ id }) => id))
        const unknown = settings.numbers.flatMap((number, index) =>
          number.queues.flatMap((id, place) => (queues.has(id) ? [] : [{ field: `settings.numbers.${index}.queues.${place}`, message: 'is not a queue' }])),
        )
        if (unknown.length > 0) throw invalid(unknown)
        const arranged = { kind: 'caller_numbers', subject: callerNumbersSubject, body: settings, actor: actorOf(caller), since } as const
        const version = await transact(db, (tx) => recordArrangement(tx, arranged)).catch(refuseInWords)
        return { configured, version, numbers: settings.numbers }
      },
    }),
  ]
}
