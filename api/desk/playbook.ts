import { z } from 'zod'
import { scamTypes } from '../../domain/money'
import { defaultPlaybook } from '../../domain/reminder/defaultPlaybook'
import { playbookSchema } from '../../domain/reminder/playbook'
import { transact } from '../../records/database'
import { dryRun } from '../../records/dryRun'
import { changePlaybook, currentPlaybook, playbookSubject } from '../../records/reminder/playbook'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { outdated, refuseInWords } from '../routing/arranging'
import { readVersions, versionAnswers } from '../routing/versions'
import type { DeskDeps } from './desk'

const versionedSchema = z.object({ version: z.int().meta({ description: '0 is the one that comes with the product' }), body: playbookSchema }).meta({ id: 'VersionedPlaybook' })
export type VersionedPlaybookView = z.output<typeof versionedSchema>
const changeSchema = z.strictObject({ basedOn: z.int().min(0), body: playbookSchema }).meta({ id: 'PlaybookChange' })
const forecastSchema = z
  .object({
    talks: z.int().meta({ description: 'talks under way, whose agents have the new questions at their next look' }),
    unreachable: z.array(z.enum(scamTypes)).meta({ description: 'types of scam that no answer leads to' }),
  })
  .meta({ id: 'PlaybookForecast' })
export type PlaybookForecastView = z.output<typeof forecastSchema>
const bodyExample = { basedOn: 0, body: defaultPlaybook }

/** The questions that lead to the likely scam: agents read them, compliance changes them. */
export function playbookEndpoints({ db, gate }: Pick<DeskDeps, 'db' | 'gate'>): Endpoint[] {
  const changing = gate.staff('compliance', 'admin')
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
      method: 'get',
      path: '/v1/playbook/versions',
      tag: 'administration',
      summary: 'Earlier versions of the scam playbook',
      access: changing,
      answers: versionAnswers,
      handle: async () => ({ versions: await readVersions(db, { kind: 'playbook', subject: playbookSubject }) }),
    }),
    endpoint({
      method: 'post',
      path: '/v1/playbook/forecast',
      tag: 'administration',
      summary: 'What a change of the scam playbook would do, before it is saved',
      description: 'Refuses what saving would refuse.',
      access: changing,
      body: changeSchema,
      bodyExample,
      answers: { 200: { description: 'Nothing was changed.', schema: forecastSchema }, ...outdated },
      async handle({ caller, body: { basedOn, body } }) {
        const { effects } = await dryRun(db, (tx) => changePlaybook(tx, { body, since: basedOn, actor: actorOf(caller) })).catch(refuseInWords)
        return effects
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/playbook',
      tag: 'administration',
      summary: 'A new version of the scam playbook',
      description: 'Every answer must lead to a question that exists or to a scam, and no way may lead in a circle.',
      access: changing,
      body: changeSchema,
      bodyExample,
      answers: { 201: { description: 'In force from now on.', schema: versionedSchema }, ...outdated },
      async handle({ caller, body: { basedOn, body } }) {
        const { version } = await transact(db, (tx) => changePlaybook(tx, { body, since: basedOn, actor: actorOf(caller) })).catch(refuseInWords)
        return { version, body }
      },
    }),
  ]
}
