import { createHash, randomBytes } from 'node:crypto'
import { sealed } from '../../configuration/vault'
import { disclosureFrom, type DisclosedField, type DisclosureOutcome, type LegalBasis } from '../../domain/disclosure/disclosure'
import type { AccountSecurity } from '../../domain/security'
import { inTransaction, sqlOf, type Database, type Sql } from '../database'
import { policyVersion } from '../policy'
import { appendEvents, lockCase, moveFrom } from '../timeline'
import { NotNow } from './disclosures'

const actor = 'system:disclosure'

export interface PackagePerson {
  id: string
  name: string
  phones: string[]
  security: AccountSecurity
  payments: { id: string; paidAt: Date; amount: number; currency: string; payeeId: string; payeeName: string; method: string; verdict: string | null; scamType: string | null; fundsState: string }[]
  calls: { at: Date; phone: string; outcome: string | null }[]
}

/** What a package may hold, before it is laid out. */
export interface PackageFacts {
  caseId: string
  authority: string
  officer: string
  reference: string
  basis: LegalBasis
  fields: DisclosedField[]
  from: Date
  until: Date
  documentSha256: string
  persons: PackagePerson[]
}

export async function beginDeciding(db: Database, caseId: string): Promise<void> {
  await inTransaction(db, (tx) => moveFrom(tx, caseId, disclosureFrom('awaiting_approval'), 'awaiting_approval', actor))
}

/** Everything of the persons within the period; what was not granted is left out when it is laid out. @returns undefined when the package is there already */
export async function packageFacts(db: Database, caseId: string): Promise<PackageFacts | undefined> {
  const sql = sqlOf(db)
  const [row] = await sql.$queryRaw<(Omit<PackageFacts, 'persons'> & { ids: string[]; made: boolean })[]>`
    SELECT case_id AS "caseId", authority, officer, reference, basis, fields, period_from AS "from", period_until AS until,
      document_sha256 AS "documentSha256", persons AS ids, package_sha256 IS NOT NULL AS made FROM disclosure WHERE case_id = ${caseId}`
  if (!row || row.made) return undefined
  const { ids, made: _, ...facts } = row
  return { ...facts, persons: await Promise.all(ids.map((id) => readPerson(sql, id, row))) }
}

async function readPerson(sql: Sql, id: string, { from, until }: { from: Date; until: Date }): Promise<PackagePerson> {
  const [person] = await sql.$queryRaw<{ payer: { name: string; phones: string[]; security: AccountSecurity } }[]>`
    SELECT payer FROM risk_case WHERE payer_id = ${id} AND kind <> 'disclosure' ORDER BY opened_at DESC LIMIT 1`
  const payments = await sql.$queryRaw<PackagePerson['payments']>`
    SELECT p.id, p.paid_at AS "paidAt", p.amount::float8 AS amount, p.currency, p.body->'payee'->>'id' AS "payeeId", p.body->'payee'->>'name' AS "payeeName",
      p.body->>'method' AS method, p.verdict, p.scam_type AS "scamType", p.funds_state AS "fundsState"
    FROM flagged_payment p JOIN risk_case c ON c.id = p.case_id WHERE c.payer_id = ${id} AND p.paid_at >= ${from} AND p.paid_at < ${until} ORDER BY p.paid_at`
  const calls = await sql.$queryRaw<PackagePerson['calls']>`
    SELECT a.intended_at AS at, a.phone, a.outcome FROM attempt a JOIN risk_case c ON c.id = a.case_id
    WHERE c.payer_id = ${id} AND a.intended_at >= ${from} AND a.intended_at < ${until} ORDER BY a.intended_at`
  const { name = '', phones = [], security = {} } = person?.payer ?? {}
  return { id, name, phones, security, payments, calls }
}

/** Puts the finished file in its place. A repeat keeps the first one. */
export async function storePackage(db: Database, caseId: string, file: Buffer, packageSeconds: number): Promise<void> {
  const sha256 = createHash('sha256').update(file).digest('hex')
  const expiresAt = new Date(Date.now() + packageSeconds * 1_000)
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const first = await tx.$executeRaw`
      UPDATE disclosure SET package = ${sealed(file)}, package_sha256 = ${sha256}, package_expires_at = ${expiresAt} WHERE case_id = ${caseId} AND package_sha256 IS NULL`
    if (first === 0) return
    await appendEvents(tx, caseId, [{ type: 'disclosure_package_made', actor, data: { sha256, expiresAt: expiresAt.toISOString() } }])
    await moveFrom(tx, caseId, disclosureFrom('package_ready'), 'package_ready', actor)
  })
}

/** The package is gone for good; the log of who had it stays. */
export async function expirePackage(db: Database, caseId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const first = await tx.$executeRaw`UPDATE disclosure SET package = NULL WHERE case_id = ${caseId} AND package IS NOT NULL`
    if (first > 0) await appendEvents(tx, caseId, [{ type: 'disclosure_package_expired', actor, data: {} }])
    await moveFrom(tx, caseId, disclosureFrom('informing'), 'informing', actor)
  })
}

/** Nothing is disclosed; the reason is that of whoever refused. */
export async function refuseDisclosure(db: Database, caseId: string, outcome: DisclosureOutcome): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const [vote] = await tx.$queryRaw<{ reason: string | null }[]>`
      SELECT v.reason FROM approval_vote v JOIN approval a ON a.id = v.approval_id WHERE a.case_id = ${caseId} AND v.vote = 'refuse' ORDER BY v.at DESC LIMIT 1`
    const refusal = outcome === 'expired' ? 'deadline' : (vote?.reason ?? '')
    const first = await tx.$executeRaw`UPDATE disclosure SET refusal = ${refusal} WHERE case_id = ${caseId} AND refusal IS NULL`
    if (first > 0) await appendEvents(tx, caseId, [{ type: 'disclosure_refused', actor, data: { reason: refusal } }])
  })
  await closeDisclosure(db, caseId, outcome)
}

export async function closeDisclosure(db: Database, caseId: string, outcome: DisclosureOutcome): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    if (!(await moveFrom(tx, caseId, disclosureFrom('closed'), 'closed', actor))) return
    await tx.$executeRaw`UPDATE risk_case SET outcome = ${outcome}, closed_at = ${new Date()} WHERE id = ${caseId}`
    await appendEvents(tx, caseId, [{ type: 'disclosure_closed', actor, data: { outcome } }])
  })
}

/** Whom to tell, and where; nobody when they have been told. */
export async function personsToInform(db: Database, caseId: string): Promise<{ phone: string; locale: string }[]> {
  return sqlOf(db).$queryRaw<{ phone: string; locale: string }[]>`
    SELECT DISTINCT ON (c.payer_id) c.payer->'phones'->>0 AS phone, c.locale FROM disclosure d JOIN risk_case c ON c.payer_id = ANY(d.persons) AND c.kind <> 'disclosure'
    WHERE d.case_id = ${caseId} AND d.informed_at IS NULL AND c.payer->'phones'->>0 IS NOT NULL ORDER BY c.payer_id, c.opened_at DESC`
}

export async function recordInformed(db: Database, caseId: string, persons: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const first = await tx.$executeRaw`UPDATE disclosure SET informed_at = now() WHERE case_id = ${caseId} AND informed_at IS NULL`
    if (first > 0) await appendEvents(tx, caseId, [{ type: 'disclosure_informed', actor, data: { persons } }])
  })
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** A link that fetches the package once. Only the hash of its token is kept. @throws NotNow @returns undefined when there is no such disclosure */
export async function makeLink(db: Database, caseId: string, maker: string): Promise<{ token: string; expiresAt: Date } | undefined> {
  const token = randomBytes(32).toString('base64url')
  return inTransaction(db, async (tx) => {
    await lockCase(tx, caseId)
    const [row] = await tx.$queryRaw<{ until: Date | null; there: boolean; version: number }[]>`
      SELECT d.package_expires_at AS until, d.package IS NOT NULL AND d.package_expires_at > now() AS there, c.policy_version AS version
      FROM disclosure d JOIN risk_case c ON c.id = d.case_id WHERE d.case_id = ${caseId}`
    if (!row) return undefined
    if (!row.there) throw new NotNow('There is no package, or not any more.')
    const { linkSeconds } = (await policyVersion(tx, row.version)).disclosure
    const expiresAt = new Date(Math.min(row.until!.getTime(), Date.now() + linkSeconds * 1_000))
    await tx.$executeRaw`
      INSERT INTO disclosure_link (token_hash, case_id, made_by, made_at, expires_at) VALUES (${hashOf(token)}, ${caseId}, ${maker}, ${new Date()}, ${expiresAt})`
    await appendEvents(tx, caseId, [{ type: 'disclosure_link_made', actor: maker, data: { link: hashOf(token).slice(0, 12), expiresAt: expiresAt.toISOString() } }])
    return { token, expiresAt }
  })
}

/** Takes the package by a link, once; that it was taken is written in the same transaction. @returns undefined when the link is unknown, used or too old */
export async function takePackage(db: Database, token: string, ip: string): Promise<{ caseId: string; file: Buffer } | undefined> {
  return inTransaction(db, async (tx) => {
    const [link] = await tx.$queryRaw<{ caseId: string }[]>`
      UPDATE disclosure_link SET used_at = now() WHERE token_hash = ${hashOf(token)} AND used_at IS NULL AND expires_at > now() RETURNING case_id AS "caseId"`
    if (!link) return undefined
    const { caseId } = link
    const [row] = await tx.$queryRaw<{ file: Buffer; sha256: string }[]>`
      SELECT package AS file, package_sha256 AS sha256 FROM disclosure WHERE case_id = ${caseId} AND package IS NOT NULL AND package_expires_at > now()`
    if (!row) return undefined
    await appendEvents(tx, caseId, [{ type: 'disclosure_viewed', actor: 'authority', data: { link: hashOf(token).slice(0, 12), sha256: row.sha256, ip } }])
    return { caseId, file: row.file }
  })
}
