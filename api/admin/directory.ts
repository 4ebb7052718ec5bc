import { z } from 'zod'
import { directorySchema } from '../../domain/thirdParty/directory'
import { recordArrangement } from '../../records/arrangements'
import { sqlOf, transact } from '../../records/database'
import { directory, directorySubject } from '../../records/directory'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { outdated, refuseInWords } from '../routing/arranging'
import { readVersions, versionAnswers } from '../routing/versions'
import type { AdminDeps } from './admin'
import { tag } from './administering'

const directoryView = z.object({ version: z.int(), entries: directorySchema.shape.entries }).meta({ id: 'VersionedDirectory' })
export type DirectoryView = z.output<typeof directoryView>
const example = {
  entries: [
    { id: 'interpreters', name: { en: 'Interpreters', zh: '口译服务' }, phone: '+861065001234', purpose: 'Cantonese and English, day and night', language: 'zh-CN', active: true },
  ],
}
const path = '/v1/directory'

/** Whom agents may add to a talk by telephone. */
export function directoryEndpoints({ db, gate }: AdminDeps): Endpoint[] {
  const reading = gate.staff('supervisor', 'compliance', 'admin')
  return [
    endpoint({
      method: 'get',
      path,
      tag,
      summary: 'Whom agents may add to a talk by telephone',
      access: reading,
      answers: { 200: { description: 'In the order in which agents see them.', schema: directoryView } },
      handle: () => directory(sqlOf(db)),
    }),
    endpoint({
      method: 'get',
      path: `${path}/versions`,
      tag,
      summary: 'Earlier versions of the directory',
      access: reading,
      answers: versionAnswers,
      handle: async () => ({ versions: await readVersions(db, { kind: 'directory', subject: directorySubject }) }),
    }),
    endpoint({
      method: 'put',
      path,
      tag,
      summary: 'Change whom agents may add to a talk',
      access: gate.staff('compliance', 'admin'),
      body: z.strictObject({ since: z.int().min(0), settings: directorySchema }),
      bodyExample: { since: 0, settings: example },
      answers: { 200: { description: 'For agents from now on.', schema: directoryView }, ...outdated },
      async handle({ caller, body: { since, settings } }) {
        const arranged = { kind: 'directory', subject: directorySubject, body: settings, actor: actorOf(caller), since } as const
        return { version: await transact(db, (tx) => recordArrangement(tx, arranged)).catch(refuseInWords), entries: settings.entries }
      },
    }),
  ]
}
