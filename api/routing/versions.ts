import { z } from 'zod'
import { identifier } from '../../domain/text'
import { arrangementKinds } from '../../records/arrangements'
import { endpoint, type Endpoint } from '../endpoint'
import { iso, time } from '../views/time'
import { arranging, tag } from './arranging'
import type { RoutingDeps } from './routing'

const maxShown = 50
const versionView = z
  .object({ version: z.int(), body: z.record(z.string(), z.unknown()), createdBy: z.string(), createdByName: z.string().nullable(), createdAt: time })
  .meta({ id: 'ArrangementVersion' })
export type ArrangementVersionView = z.output<typeof versionView>

/** What a team, a queue or an agent's skills were before, with who and when. */
export function versionEndpoints({ db, gate }: RoutingDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/routing/versions',
      tag,
      summary: 'Earlier versions of a team, a queue, an agent’s skills, a script, the caller numbers or a scorecard',
      access: gate.staff(...arranging),
      query: z.strictObject({ kind: z.enum(arrangementKinds), subject: identifier }),
      answers: { 200: { description: 'The newest first.', schema: z.object({ versions: z.array(versionView) }) } },
      async handle({ query }) {
        const rows = await db.arrangementVersion.findMany({ where: query, orderBy: { version: 'desc' }, take: maxShown })
        const ids = rows.flatMap(({ createdBy }) => createdBy.split(':')[1] ?? [])
        const names = new Map((await db.staffUser.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]))
        return {
          versions: rows.map(({ version, body, createdBy, createdAt }) => ({
            version,
            body: body as Record<string, unknown>,
            createdBy,
            createdByName: names.get(createdBy.split(':')[1] ?? '') ?? null,
            createdAt: iso(createdAt),
          })),
        }
      },
    }),
  ]
}
