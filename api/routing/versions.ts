import { z } from 'zod'
import { identifier } from '../../domain/text'
import { arrangementKinds, type ArrangementKind } from '../../records/arrangements'
import type { Database } from '../../records/database'
import { endpoint, type Endpoint } from '../endpoint'
import { staffIdOf, staffNames } from '../views/staffNames'
import { iso, time } from '../views/time'
import { arranging, tag } from './arranging'
import type { RoutingDeps } from './routing'

const maxShown = 50
const versionView = z
  .object({ version: z.int(), body: z.record(z.string(), z.unknown()), createdBy: z.string(), createdByName: z.string().nullable(), createdAt: time })
  .meta({ id: 'ArrangementVersion' })
export type ArrangementVersionView = z.output<typeof versionView>

export const versionAnswers = { 200: { description: 'The newest first.', schema: z.object({ versions: z.array(versionView) }) } }

/** What a team, a queue or an agent's skills were before, with who and when. */
export function versionEndpoints({ db, gate }: RoutingDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/routing/versions',
      tag,
      summary: 'Earlier versions of a team, a queue, an agent’s skills, a script, the caller numbers, the directory, a scorecard or the playbook',
      access: gate.staff(...arranging),
      query: z.strictObject({ kind: z.enum(arrangementKinds), subject: identifier }),
      answers: versionAnswers,
      handle: async ({ query }) => ({ versions: await readVersions(db, query) }),
    }),
  ]
}

/** What an arrangement was at each version, with who and when; the newest first. */
export async function readVersions(db: Database, arrangement: { kind: ArrangementKind; subject: string }): Promise<z.output<typeof versionView>[]> {
  const rows = await db.arrangementVersion.findMany({ where: arrangement, orderBy: { version: 'desc' }, take: maxShown })
  const names = await staffNames(db, rows.map(({ createdBy }) => staffIdOf(createdBy)))
  return rows.map(({ version, body, createdBy, createdAt }) => ({
    version,
    body: body as Record<string, unknown>,
    createdBy,
    createdByName: names[staffIdOf(createdBy) ?? ''] ?? null,
    createdAt: iso(createdAt),
  }))
}
