import { createHash, randomUUID } from 'node:crypto'
import { sealed } from '../../configuration/vault'
import { disclosureWorkflowId, uncovered, type DisclosedField, type DisclosureInput, type LegalBasis } from '../../domain/disclosure/disclosure'
import type { DisclosureRequest } from '../../domain/disclosure/request'
import type { FieldError } from '../../domain/flag'
import { inTransaction, type Database, type Sql } from '../database'
import { currentPolicy, policyVersion } from '../policy'
import { appendEvents, lockCase } from '../timeline'

/** The request asks for more than it may, or for people who are not known; each fault names its field. */
export class OutOfScope extends Error {
  constructor(readonly faults: FieldError[]) {
    super(faults.map(({ field, message }) => `${field} ${message}`).join('; '))
  }
}

/** It is not at the point at which this can be done. The message says why. */
export class NotNow extends Error {}

/**
 * A case of its own, of nobody's: the persons concerned must not learn of it from their own cases, nor may an agent
 * who talks to them. Events tell how many they are, and not who.
 * @throws OutOfScope
 */
export async function createDisclosure(db: Database, request: DisclosureRequest, actor: string): Promise<string> {
  const caseId = `case_${randomUUID().replaceAll('-', '')}`
  return inTransaction(db, async (tx) => {
    const policy = await currentPolicy(tx)
    const known = await tx.$queryRaw<{ id: string }[]>`SELECT DISTINCT payer_id AS id FROM risk_case WHERE payer_id = ANY(${request.persons}) AND kind <> 'disclosure'`
    const faults = [
      ...uncovered(policy.body.disclosure, request.basis, request.fields).map((place) => ({ field: `fields.${place}`, message: 'is not covered by this legal basis' })),
      ...request.persons.flatMap((person, place) => (known.some(({ id }) => id === person) ? [] : [{ field: `persons.${place}`, message: 'is nobody whom we know' }])),
    ]
    if (faults.length > 0) throw new OutOfScope(faults)
    const { authority, officer, reference, basis, persons, fields, period, deadline, reason, informAt } = request
    const payer = { id: 'authority', name: authority, phones: [], locale: 'zh-CN', security: {} }
    await tx.$executeRaw`
      INSERT INTO risk_case (id, kind, workflow_id, payer_id, payer, locale, priority, policy_version, deadline)
      VALUES (${caseId}, 'disclosure', ${disclosureWorkflowId(caseId)}, 'authority', ${JSON.stringify(payer)}::jsonb, 'zh-CN', 0, ${policy.version}, ${new Date(deadline)})`
    await tx.$executeRaw`
      INSERT INTO disclosure (case_id, authority, officer, reference, basis, persons, fields, period_from, period_until, reason, inform_at, requested_by)
      VALUES (${caseId}, ${authority}, ${sealed(officer)}, ${reference}, ${basis}, ${persons}, ${fields}, ${new Date(period.from)}, ${new Date(period.until)}, ${sealed(reason)},
        ${informAt === null ? null : new Date(informAt)}, ${actor})`
    await appendEvents(tx, caseId, [{ type: 'disclosure_requested', actor, data: { authority, reference, basis, fields, persons: persons.length, deadline, informAt } }])
    return caseId
  })
}

export interface DisclosureDocument {
  name: string
  mediaType: string
  content: Buffer
}

/** The paper on which the request stands. Until it is submitted a better copy replaces it. @throws NotNow @returns its SHA-256; undefined when there is no such disclosure */
export async function attachDocument(db: Database, caseId: string, { name, mediaType, content }: DisclosureDocument, actor: string): Promise<string | undefined> {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return inTransaction(db, async (tx) => {
    const stands = await lockDisclosure(tx, caseId)
    if (!stands) return undefined
    if (stands.status !== 'received') throw new NotNow('It is submitted already; its document stays as it is.')
    await tx.$executeRaw`
      UPDATE disclosure SET document_name = ${sealed(name)}, document_type = ${mediaType}, document = ${sealed(content)}, document_sha256 = ${sha256} WHERE case_id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'disclosure_document', actor, data: { sha256, size: content.length } }])
    return sha256
  })
}

/** What the workflow needs. @throws NotNow without a document, or after its deadline @returns undefined when there is no such disclosure */
export async function disclosureInput(db: Database, caseId: string): Promise<DisclosureInput | undefined> {
  return inTransaction(db, async (tx) => {
    const stands = await lockDisclosure(tx, caseId)
    if (!stands) return undefined
    const { status, documentSha256, deadline, version, requestedBy, reason, informAt, authority, basis, fields } = stands
    if (status === 'closed') throw new NotNow('It is closed.')
    if (documentSha256 === null) throw new NotNow('Attach the authority’s document first.')
    if (deadline <= new Date()) throw new NotNow('Its deadline has passed; enter the request anew.')
    const { packageSeconds } = (await policyVersion(tx, version)).disclosure
    const words = `${authority}: ${basis}; ${fields.join(', ')}. ${reason}`
    return { caseId, requestedBy, reason: words, deadline: deadline.toISOString(), packageSeconds, informAt: informAt?.toISOString() ?? null }
  })
}

interface Standing {
  status: string
  documentSha256: string | null
  deadline: Date
  version: number
  requestedBy: string
  reason: string
  informAt: Date | null
  authority: string
  basis: LegalBasis
  fields: DisclosedField[]
}

async function lockDisclosure(tx: Sql, caseId: string): Promise<Standing | undefined> {
  if (!(await lockCase(tx, caseId))) return undefined
  const [stands] = await tx.$queryRaw<Standing[]>`
    SELECT c.status, d.document_sha256 AS "documentSha256", c.deadline, c.policy_version AS version, d.requested_by AS "requestedBy", d.reason,
      d.inform_at AS "informAt", d.authority, d.basis, d.fields
    FROM disclosure d JOIN risk_case c ON c.id = d.case_id WHERE d.case_id = ${caseId}`
  return stands
}
