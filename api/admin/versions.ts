import { z } from 'zod'
import { identifier } from '../../domain/text'
import { accessKinds } from '../../records/arrangements'
import { endpoint, type Endpoint } from '../endpoint'
import { readVersions, versionAnswers } from '../routing/versions'
import type { AdminDeps } from './admin'
import { administering, tag } from './administering'

/** What an account or an API key was before, with who and when. */
export function accessVersionEndpoints({ db, gate }: AdminDeps): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/admin/versions',
      tag,
      summary: 'Earlier versions of an account or an API key',
      access: gate.staff(...administering),
      query: z.strictObject({ kind: z.enum(accessKinds), subject: identifier }),
      answers: versionAnswers,
      handle: async ({ query }) => ({ versions: await readVersions(db, query) }),
    }),
  ]
}
