import { z } from 'zod'
import { evidenceKinds, evidenceStates, findings } from '../../domain/dispute/dispute'
import { freeText, oneLine } from '../../domain/text'
import type { Database } from '../../records/database'
import { addFile, readFile, fileTypes, maxFileBytes, UnfitFile } from '../../records/disputes/files'
import { DisputeOver, recordTask } from '../../records/disputes/progress'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, forbidden, invalid, notFound } from '../problem'
import { caseParams, fileParams } from '../views/ids'
import type { DisputeDeps } from './disputes'
import { deciding, tag, working } from './working'

const taskSchema = z
  .strictObject({
    kind: z.enum(evidenceKinds),
    state: z.enum(evidenceStates),
    finding: z.enum(findings).optional(),
    result: freeText(4_000).trim().min(1).optional(),
  })
  .refine(({ state, result }) => state === 'open' || result !== undefined, { path: ['result'], error: 'expected what was found, or why it cannot be had' })
  .meta({ id: 'DisputeTask' })

export const fileSchema = z
  .strictObject({
    name: oneLine(200).regex(/^[^/\\]*$/, 'expected a file name without slashes'),
    mediaType: z.enum(fileTypes),
    content: z.base64().max(Math.ceil((maxFileBytes * 4) / 3) + 4),
  })
  .meta({ id: 'DisputeFile' })
export const fileExample = { name: 'ticket.pdf', mediaType: 'application/pdf' as const, content: 'JVBERi0xLjcK' }
export const fileRules = `PDF, PNG, JPEG or plain text, up to ${maxFileBytes / 1024 / 1024} MiB. The same content twice is one file. Files are not searched for malware.`
export const fileBodyLimit = '8mb'
export const addedSchema = z.object({ fileId: z.string(), sha256: z.string(), size: z.int() })

/** Attaches what was sent; for staff and for the payer alike. */
export async function attach(db: Database, caseId: string, actor: string, file: z.output<typeof fileSchema>) {
  const added = await addFile(db, caseId, actor, { ...file, content: Buffer.from(file.content, 'base64') }).catch((error: unknown) => {
    if (error instanceof UnfitFile) throw invalid([{ field: 'content', message: error.message }])
    return closed(error)
  })
  if (!added) throw notFound('There is no such dispute.')
  return added
}

/** What is found out about a disputed payment, and the papers that show it. */
export function evidenceEndpoints({ db, gate }: DisputeDeps): Endpoint[] {
  const access = gate.staff(...working)
  const missing = { 404: { description: 'There is no such dispute, or it has no such task.' }, 409: { description: 'It is closed.' } }
  return [
    endpoint({
      method: 'put',
      path: '/v1/disputes/:caseId/tasks',
      tag,
      summary: 'Record what was found out',
      access,
      params: caseParams,
      body: taskSchema,
      bodyExample: { kind: 'merchant_statement', state: 'done', finding: 'for_payee', result: 'Names the last four digits of the phone rightly: 0003.' },
      answers: { 204: { description: 'Recorded.' }, ...missing },
      async handle({ caller, params: { caseId }, body }) {
        if (!(await recordTask(db, caseId, actorOf(caller), body).catch(closed))) throw notFound('There is no such dispute, or it has no such task.')
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/disputes/:caseId/files',
      tag,
      summary: 'Attach a file',
      description: fileRules,
      access,
      params: caseParams,
      body: fileSchema,
      bodyLimit: fileBodyLimit,
      bodyExample: fileExample,
      answers: { 201: { description: 'Attached.', schema: addedSchema }, ...missing },
      handle: ({ caller, params: { caseId }, body }) => attach(db, caseId, actorOf(caller), body),
    }),
    endpoint({
      method: 'get',
      path: '/v1/disputes/:caseId/files/:fileId',
      tag,
      summary: 'A file, as it was attached',
      description: 'For whoever works on the dispute, and for those who decide. Each reading is a row of the audit log.',
      access,
      params: fileParams,
      answers: { 200: { description: 'The file.', mediaType: 'application/octet-stream', schema: z.string() }, 404: { description: 'There is no such file.' } },
      async handle({ caller, params: { caseId, fileId }, response }) {
        const file = await readFile(db, caseId, fileId)
        if (!file) throw notFound('There is no such file.')
        const theirs = deciding.includes(caller.role) || (await db.dispute.count({ where: { caseId, handlerId: caller.id } })) > 0
        if (!theirs) throw forbidden('Take the dispute up first: its files are for whoever works on it.')
        await writeTrail(db, { actor: actorOf(caller), action: 'dispute_file_read', subject: `case:${caseId}`, data: { fileId, sha256: file.sha256 } })
        // Never shown within our own pages: what somebody attached may be anything.
        response.attachment(file.name).type(file.mediaType).set('content-security-policy', 'sandbox').send(Buffer.from(file.content))
      },
    }),
  ]
}

function closed(error: unknown): never {
  throw error instanceof DisputeOver ? conflict(error.message) : error
}
