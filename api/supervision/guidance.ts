import { z } from 'zod'
import { guidanceReport } from '../../records/guidance'
import { endpoint, type Endpoint } from '../endpoint'
import { invalid } from '../problem'
import { iso, time } from '../views/time'
import type { SupervisionDeps } from './supervision'
import { tag, watching } from './watching'

const moment = z.iso.datetime({ offset: true, error: 'expected an RFC 3339 time' }).transform((text) => new Date(text))
const query = z.strictObject({ from: moment.optional(), until: moment.optional() })
const countSchema = z.object({ key: z.string(), name: z.string().nullable(), guided: z.int(), looked: z.int(), raised: z.int() }).meta({ id: 'GuidanceCount' })
export type GuidanceCount = z.output<typeof countSchema>
const reportSchema = z
  .object({ from: time, until: time, all: countSchema, byAgent: z.array(countSchema), byScript: z.array(countSchema), byAdvice: z.array(countSchema) })
  .meta({ id: 'GuidanceReport' })
export type GuidanceReport = z.output<typeof reportSchema>
const usualDays = 30

export function guidanceReportEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/guidance',
      tag,
      summary: 'How many guided payers raised their security',
      description: 'By agent, by script at its version (`callback/en@3`; 0 is as delivered) and by advice. `raised` counts among those `looked` at. The last 30 days unless told otherwise.',
      access: gate.staff(...watching),
      query,
      answers: { 200: { description: 'The counts.', schema: reportSchema } },
      async handle({ query: { from, until = new Date() } }) {
        const since = from ?? new Date(until.getTime() - usualDays * 86_400_000)
        if (since >= until) throw invalid([{ field: 'from', message: 'expected a time before `until`' }])
        return { from: iso(since), until: iso(until), ...(await guidanceReport(db, since, until)) }
      },
    }),
  ]
}
