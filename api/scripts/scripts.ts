import { z } from 'zod'
import { builtInScripts } from '../../domain/script/builtIn'
import { scriptDocumentSchema, scriptSubjectSchema, type ScriptSubject } from '../../domain/script/document'
import { scriptReference } from '../../domain/script/reference'
import { exampleCase, previewOf } from '../../domain/script/preview'
import { recordArrangement } from '../../records/arrangements'
import { sqlOf, transact, type Database } from '../../records/database'
import { listScripts, scriptInForce, scriptKey } from '../../records/scripts'
import type { Gate } from '../access/access'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { outdated, refuseInWords } from '../routing/arranging'
import { readVersions, versionAnswers } from '../routing/versions'
import { wordingOf } from '../telephony/wording'
import { staffIdOf, staffNames } from '../views/staffNames'
import { iso, nullableTime } from '../views/time'

const tag = 'administration'
const version = z.int().min(0).meta({ description: '0: as it came with the product, or none of its own yet' })
const listed = z
  .object({ ...scriptSubjectSchema.shape, version, changedBy: z.string().nullable(), changedByName: z.string().nullable(), changedAt: nullableTime })
  .meta({ id: 'ListedScript' })
export type ListedScriptView = z.output<typeof listed>
const versioned = z
  .object({
    ...scriptSubjectSchema.shape,
    version,
    inForce: z.string().meta({ description: 'the script that its cases have now: this one, or the one that stands in for it' }),
    document: scriptDocumentSchema,
  })
  .meta({ id: 'VersionedScript' })
export type VersionedScriptView = z.output<typeof versioned>
const previewSchema = z
  .object({
    script: z.object({ language: z.string(), opening: z.string(), questions: z.array(z.string()), closing: z.string() }),
    guidance: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
    message: z.string().meta({ description: 'the text message with the steps' }),
    announcements: z.array(z.object({ when: z.string(), text: z.string() })).meta({ description: 'what the telephone says' }),
  })
  .meta({ id: 'ScriptPreview' })
export type ScriptPreviewView = z.output<typeof previewSchema>
const path = '/v1/scripts/:kind/:language'

/** What agents read and telephones announce, by kind of case and language. */
export function scriptEndpoints({ db, gate }: { db: Database; gate: Gate }): Endpoint[] {
  const reading = gate.staff('supervisor', 'compliance', 'admin')
  const changing = gate.staff('compliance', 'admin')
  return [
    endpoint({
      method: 'get',
      path: '/v1/scripts',
      tag,
      summary: 'Which scripts there are',
      access: reading,
      answers: { 200: { description: 'Those of the product and all that were written since.', schema: z.object({ scripts: z.array(listed) }) } },
      async handle() {
        const scripts = await listScripts(db)
        const names = await staffNames(db, scripts.map(({ changedBy }) => staffIdOf(changedBy)))
        return { scripts: scripts.map((one) => ({ ...one, changedByName: names[staffIdOf(one.changedBy) ?? ''] ?? null, changedAt: iso(one.changedAt) })) }
      },
    }),
    endpoint({
      method: 'get',
      path,
      tag,
      summary: 'One script with its texts',
      description: 'Where there is none of its own yet, the one that stands in for it, at version 0.',
      access: reading,
      params: scriptSubjectSchema,
      answers: { 200: { description: 'The newest version.', schema: versioned } },
      handle: ({ params }) => read(db, params),
    }),
    endpoint({
      method: 'get',
      path: `${path}/versions`,
      tag,
      summary: 'What a script was before, with who and when',
      access: reading,
      params: scriptSubjectSchema,
      answers: versionAnswers,
      handle: async ({ params }) => ({ versions: await readVersions(db, { kind: 'script', subject: scriptKey(params) }) }),
    }),
    endpoint({
      method: 'post',
      path: `${path}/preview`,
      tag,
      summary: 'What the payer hears and the agent reads, before it is saved',
      description: 'For an example case. Refuses what saving would refuse.',
      access: changing,
      params: scriptSubjectSchema,
      body: scriptDocumentSchema,
      bodyExample: builtInScripts.en,
      answers: { 200: { description: 'Nothing was changed.', schema: previewSchema } },
      handle: ({ params: { language }, body }) => ({ ...previewOf(language, body, new Date()), announcements: heard(language, body) }),
    }),
    endpoint({
      method: 'put',
      path,
      tag,
      summary: 'A new version of a script',
      description: 'Calls that are made from now on have it; a call keeps the version that it was made with.',
      access: changing,
      params: scriptSubjectSchema,
      body: z.strictObject({ since: version, document: scriptDocumentSchema }),
      bodyExample: { since: 0, document: builtInScripts.en },
      answers: { 200: { description: 'In force.', schema: versioned }, ...outdated },
      async handle({ caller, params, body: { since, document } }) {
        const arranged = { kind: 'script', subject: scriptKey(params), body: document, actor: actorOf(caller), since } as const
        await transact(db, (tx) => recordArrangement(tx, arranged)).catch(refuseInWords)
        return read(db, params)
      },
    }),
  ]
}

async function read(db: Database, subject: ScriptSubject): Promise<VersionedScriptView> {
  const { document, reference, ...found } = await scriptInForce(sqlOf(db), subject.kind, subject.language)
  const own = scriptKey(found) === scriptKey(subject)
  return { ...subject, version: own ? found.version : 0, inForce: own ? scriptReference(subject, found.version) : reference, document }
}

/** Every announcement, in the order in which a call may come to it. */
function heard(language: string, document: z.output<typeof scriptDocumentSchema>): { when: string; text: string }[] {
  const wording = wordingOf({ language, document })
  const { payerName, payments } = exampleCase(language, new Date())
  const payment = { amount: payments[0]!.amount, payee: { id: 'payee', name: payments[0]!.payeeName } }
  const { waiting, lineBroken, thanks, apology, voicemail, goodbye, noCase, enterCode } = wording
  const said = { connecting: wording.connecting('recorded'), identify: wording.identify(payerName), question: wording.question(payment), toPerson: wording.toPerson('recorded') }
  return Object.entries({ ...said, waiting, lineBroken, thanks, apology, voicemail, goodbye, noCase, enterCode }).map(([when, text]) => ({ when, text }))
}
