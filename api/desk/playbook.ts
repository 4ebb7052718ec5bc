import { z } from 'zod'
import { playbookSchema } from '../../domain/reminder/playbook'
import { transact } from '../../records/database'
import { currentPlaybook } from '../../records/reminder/playbook'
import { defaultPlaybook } from '../../domain/reminder/defaultPlaybook'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict } from '../problem'
import type { DeskDeps } from './desk'

const versionedSchema = z.object({ version: z.int().meta({ description: '0 is the one that comes with the product' }), body: playbookSchema }).meta({ id: 'VersionedPlaybook' })
const changeSchema = z.strictObject({ basedOn: z.int().min(0), body: playbookSchema }).meta({ id: 'PlaybookChange' })

/** The questions that lead to the likely scam: agents read them, compliance changes them. */
export function playbookEndpoints({ db, gate }: Pick<DeskDeps, 'db' | 'gate'>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/playbook',
      tag: 'desk',
      summary: 'The questions that lead to the likely scam, with the words that explain it',
      access: gate.staff('agent', 'supervisor', 'compliance', 'admin'),
      answers: { 200: { description: 'The newest version, in both languages.', schema: versionedSchema } },
      handle: () => currentPlaybook(db),
    }),
    endpoint({
      method: 'post',
      path: '/v1/playbook',
      tag: 'administration',
      summary: 'A new version of the scam playbook',
      description: 'Every answer must lead to a question that exists or to a scam, and no way may lead in a circle.',
      access: gate.staff('compliance', 'admin'),
      body: changeSchema,
      bodyExample: { basedOn: 0, body: defaultPlaybook },
      answers: { 201: { description: 'In force from now on.', schema: versionedSchema }, 409: { description: 'Somebody else changed it meanwhile.' } },
      async handle({ caller, body: { basedOn, body } }) {
        const current = await currentPlaybook(db)
        if (current.version !== basedOn) throw conflict(`Version ${current.version} is in force, and your change is based on ${basedOn}.`)
        const actor = actorOf(caller)
        return transact(db, async (tx) => {
          const { version } = await tx.scamPlaybook.create({ data: { body, createdBy: actor } })
          await writeTrail(tx, { actor, action: 'playbook_changed', subject: 'playbook', data: { from: basedOn, to: version } })
          return { version, body }
        })
      },
    }),
  ]
}
