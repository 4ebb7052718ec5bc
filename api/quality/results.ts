import { z } from 'zod'
import { qualityReport } from '../../records/quality/results'
import { endpoint, type Endpoint } from '../endpoint'
import { invalid } from '../problem'
import type { SupervisionDeps } from '../supervision/supervision'
import { tag, watching } from '../supervision/watching'
import { iso } from '../views/time'
import { reportSchema, weekSchema } from './shapes'

const moment = z.iso.datetime({ offset: true, error: 'expected an RFC 3339 time' }).transform((text) => new Date(text))
const usualDays = 90
const shownWeeks = 26

/** What reviews found, and by which lots the calls were chosen. */
export function qualityEndpoints({ db, gate }: SupervisionDeps): Endpoint[] {
  const access = gate.staff(...watching)
  return [
    endpoint({
      method: 'get',
      path: '/v1/supervision/quality',
      tag,
      summary: 'Results of reviews by agent, by question and by week',
      description: 'The last version of each review counts; calibrations do not. Submitted in the last 90 days unless told otherwise. `key` of a question is `scorecard/question`.',
      access,
      query: z.strictObject({ from: moment.optional(), until: moment.optional() }),
      answers: { 200: { description: 'The worst first.', schema: reportSchema } },
      async handle({ query: { from, until = new Date() } }) {
        const since = from ?? new Date(until.getTime() - usualDays * 86_400_000)
        if (since >= until) throw invalid([{ field: 'from', message: 'expected a time before `until`' }])
        return { from: iso(since), until: iso(until), ...(await qualityReport(db, since, until)) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/supervision/quality/weeks',
      tag,
      summary: 'By which lots calls were chosen',
      description:
        'A call’s lot is the first 48 bits of SHA-256 of `seed:attemptId`, as a fraction of one. Below the policy’s share it is chosen; then the lowest of each agent, until they have their number.',
      access,
      answers: { 200: { description: 'The newest first.', schema: z.object({ weeks: z.array(weekSchema) }) } },
      async handle() {
        const rows = await db.qualityWeek.findMany({ orderBy: { week: 'desc' }, take: shownWeeks })
        const chosen = await db.callReview.groupBy({ by: ['week'], where: { week: { in: rows.map(({ week }) => week) } }, _count: true })
        const calls = new Map(chosen.map(({ week, _count }) => [week?.getTime(), _count]))
        return { weeks: rows.map(({ week, seed, policyVersion, closedAt }) => ({ week: iso(week), seed, policyVersion, closedAt: iso(closedAt), calls: calls.get(week.getTime()) ?? 0 })) }
      },
    }),
  ]
}
