import type { Client } from '@temporalio/client'
import { z } from 'zod'
import { disclosureWorkflowId, type DisclosureInput } from '../../domain/disclosure/disclosure'
import { disclosureDocumentSchema, disclosureRequestSchema, maxDocumentBytes } from '../../domain/disclosure/request'
import type { Database } from '../../records/database'
import { attachDocument, createDisclosure, disclosureInput, NotNow, OutOfScope } from '../../records/disclosures/disclosures'
import { makeLink, takePackage } from '../../records/disclosures/package'
import { startOnce } from '../../providers/startOnce'
import type { Gate } from '../access/access'
import { actorOf } from '../access/caller'
import { writeTrail } from '../access/trail'
import { anybody, endpoint, type Endpoint } from '../endpoint'
import { conflict, invalid, notFound } from '../problem'
import { caseParams } from '../views/ids'
import { iso, time } from '../views/time'
import { disclosureSchema, readDisclosure, readDisclosures } from './view'

const tag = 'disclosures'
const patienceMillis = 5_000
const madeSchema = z.object({ caseId: z.string() })
const linkSchema = z.object({ url: z.string(), expiresAt: time })
const tokenParams = z.object({ token: z.string().regex(/^[\w-]{43}$/) })
const missing = { 404: { description: 'There is no such disclosure.' } }
const notNow = { 409: { description: 'Not at this point; the problem says why.' }, ...missing }

export interface DisclosureDeps {
  db: Database
  temporal: Client
  gate: Gate
  publicBaseUrl: string
}

/** Lawful requests of authorities: entered by compliance, agreed to by two others, fetched once by each link. */
export function disclosureEndpoints({ db, temporal, gate, publicBaseUrl }: DisclosureDeps): Endpoint[] {
  const access = gate.staff('compliance')
  return [
    endpoint({
      method: 'post',
      path: '/v1/disclosures',
      tag,
      summary: 'Enter an authority’s request',
      description: 'Checked against what its legal basis covers. Nothing happens before its document is attached and it is submitted.',
      access,
      body: disclosureRequestSchema,
      bodyExample: {
        authority: 'Public Security Bureau, Branch 3',
        officer: 'Officer Zhao',
        reference: 'PSB-2012-0525',
        basis: 'police_investigation',
        persons: ['li-1001'],
        fields: ['name', 'payments'],
        period: { from: '2012-05-01T00:00:00Z', until: '2012-06-01T00:00:00Z' },
        deadline: '2030-06-10T00:00:00Z',
        reason: 'Investigation of an impostor',
        informAt: null,
      },
      answers: { 201: { description: 'Entered.', schema: madeSchema } },
      async handle({ caller, body, response }) {
        const caseId = await createDisclosure(db, body, actorOf(caller)).catch(refused)
        response.locals.status = 201
        return { caseId }
      },
    }),
    endpoint({
      method: 'put',
      path: '/v1/disclosures/:caseId/document',
      tag,
      summary: 'Attach the authority’s document',
      description: `PDF, PNG or JPEG, up to ${maxDocumentBytes / 1024 / 1024} MiB, as base64. It is not searched for malware.`,
      access,
      params: caseParams,
      body: disclosureDocumentSchema,
      bodyLimit: '8mb',
      bodyExample: { name: 'order.pdf', mediaType: 'application/pdf', content: 'JVBERi0xLjcK' },
      answers: { 200: { description: 'Attached.', schema: z.object({ sha256: z.string() }) }, ...notNow },
      async handle({ caller, params: { caseId }, body }) {
        const content = Buffer.from(body.content, 'base64')
        if (content.length > maxDocumentBytes) throw invalid([{ field: 'content', message: `expected at most ${maxDocumentBytes} bytes` }])
        const sha256 = await attachDocument(db, caseId, { ...body, content }, actorOf(caller)).catch(refused)
        if (!sha256) throw notFound('There is no such disclosure.')
        return { sha256 }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/disclosures/:caseId/document',
      tag,
      summary: 'The authority’s document',
      description: 'For compliance and for those who are asked to approve. Each reading is a row of the audit log.',
      access: gate.staff('compliance', 'supervisor', 'admin'),
      params: caseParams,
      answers: { 200: { description: 'The file.', mediaType: 'application/octet-stream', schema: z.string() }, ...missing },
      async handle({ caller, params: { caseId }, response }) {
        const found = await db.disclosure.findUnique({ where: { caseId } })
        if (!found?.document) throw notFound('There is no such document.')
        await writeTrail(db, { actor: actorOf(caller), action: 'disclosure_document_read', subject: caseId, data: { sha256: found.documentSha256 } })
        response.attachment(found.documentName ?? 'document').type(found.documentType ?? 'application/octet-stream')
        response.set('content-security-policy', 'sandbox').send(Buffer.from(found.document))
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/disclosures/:caseId/submission',
      tag,
      summary: 'Ask two other people to approve it',
      description: 'Repeating it does no harm.',
      access,
      params: caseParams,
      answers: { 202: { description: 'It waits for approval.' }, ...notNow },
      async handle({ params: { caseId }, response }) {
        const input = await disclosureInput(db, caseId).catch(refused)
        if (!input) throw notFound('There is no such disclosure.')
        await temporal.withDeadline(Date.now() + patienceMillis, () => begin(temporal, input))
        response.status(202).end()
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/disclosures',
      tag,
      summary: 'Requests of authorities, newest first',
      access: gate.staff('compliance', 'supervisor', 'admin'),
      answers: { 200: { description: 'The newest 200, without their views.', schema: z.object({ disclosures: z.array(disclosureSchema) }) } },
      handle: async () => ({ disclosures: await readDisclosures(db) }),
    }),
    endpoint({
      method: 'get',
      path: '/v1/disclosures/:caseId',
      tag,
      summary: 'One request, with every view of its package',
      access: gate.staff('compliance', 'supervisor', 'admin'),
      params: caseParams,
      answers: { 200: { description: 'The request.', schema: disclosureSchema }, ...missing },
      async handle({ params: { caseId } }) {
        const found = await readDisclosure(db, caseId)
        if (!found) throw notFound('There is no such disclosure.')
        return found
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/disclosures/:caseId/links',
      tag,
      summary: 'Make a link by which the package is fetched once',
      description: 'Shown once. Give it to the officer by a channel that opens no links by itself.',
      access,
      params: caseParams,
      answers: { 201: { description: 'The link.', schema: linkSchema }, ...notNow },
      async handle({ caller, params: { caseId }, response }) {
        const link = await makeLink(db, caseId, actorOf(caller)).catch(refused)
        if (!link) throw notFound('There is no such disclosure.')
        response.locals.status = 201
        return { url: `${publicBaseUrl}/v1/disclosures/packages/${link.token}`, expiresAt: iso(link.expiresAt) }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/disclosures/packages/:token',
      tag,
      summary: 'Fetch a package, once',
      description: 'For the officer who was given the link; that it was fetched, when and from where, is in the audit log.',
      access: anybody,
      params: tokenParams,
      answers: { 200: { description: 'The PDF.', mediaType: 'application/pdf', schema: z.string().meta({ format: 'binary' }) }, 404: { description: 'The link is unknown, used or too old.' } },
      async handle({ params: { token }, request, response }) {
        const taken = await takePackage(db, token, request.ip ?? '')
        if (!taken) throw notFound('This link is unknown, used already, or too old.')
        response.type('application/pdf').attachment(`disclosure-${taken.caseId}.pdf`).set('cache-control', 'no-store').send(taken.file)
      },
    }),
  ]
}

const begin = (temporal: Client, input: DisclosureInput): Promise<void> =>
  startOnce(temporal, { type: 'disclosure', workflowId: disclosureWorkflowId(input.caseId), input })

function refused(error: unknown): never {
  if (error instanceof OutOfScope) throw invalid(error.faults)
  if (error instanceof NotNow) throw conflict(error.message)
  throw error
}
