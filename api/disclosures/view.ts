import { z } from 'zod'
import { disclosedFields, disclosureOutcomes, disclosureStatuses, legalBases, type DisclosedField, type DisclosureOutcome, type DisclosureStatus, type LegalBasis } from '../../domain/disclosure/disclosure'
import { sqlOf, type Database } from '../../records/database'
import { iso, nullableTime, time } from '../views/time'

export const disclosureSchema = z
  .object({
    caseId: z.string(),
    status: z.enum(disclosureStatuses),
    outcome: z.enum(disclosureOutcomes).nullable(),
    authority: z.string(),
    officer: z.string(),
    reference: z.string(),
    basis: z.enum(legalBases),
    persons: z.array(z.string()),
    fields: z.array(z.enum(disclosedFields)),
    period: z.object({ from: time, until: time }),
    deadline: time,
    reason: z.string(),
    informAt: nullableTime,
    informedAt: nullableTime,
    requestedBy: z.string(),
    openedAt: time,
    document: z.object({ name: z.string(), sha256: z.string() }).nullable(),
    refusal: z.string().nullable().meta({ description: 'why not; `deadline` when nobody decided in time' }),
    package: z.object({ sha256: z.string(), expiresAt: time, there: z.boolean() }).nullable(),
    views: z.array(z.object({ link: z.string(), madeBy: z.string(), madeAt: time, expiresAt: time, usedAt: nullableTime })),
  })
  .meta({ id: 'Disclosure' })
export type DisclosureView = z.output<typeof disclosureSchema>

interface Row {
  caseId: string
  status: DisclosureStatus
  outcome: DisclosureOutcome | null
  authority: string
  officer: string
  reference: string
  basis: LegalBasis
  persons: string[]
  fields: DisclosedField[]
  from: Date
  until: Date
  deadline: Date
  reason: string
  informAt: Date | null
  informedAt: Date | null
  requestedBy: string
  openedAt: Date
  documentName: string | null
  documentSha256: string | null
  refusal: string | null
  packageSha256: string | null
  packageExpiresAt: Date | null
  there: boolean
}

export async function readDisclosures(db: Database): Promise<DisclosureView[]> {
  return (await rows(db, null)).map((row) => view(row, []))
}

export async function readDisclosure(db: Database, caseId: string): Promise<DisclosureView | undefined> {
  const [row] = await rows(db, caseId)
  if (!row) return undefined
  const links = await db.disclosureLink.findMany({ where: { caseId }, orderBy: { madeAt: 'asc' } })
  return view(
    row,
    links.map(({ tokenHash, madeBy, madeAt, expiresAt, usedAt }) => ({ link: tokenHash.slice(0, 12), madeBy, madeAt: iso(madeAt), expiresAt: iso(expiresAt), usedAt: iso(usedAt) })),
  )
}

function rows(db: Database, caseId: string | null): Promise<Row[]> {
  return sqlOf(db).$queryRaw<Row[]>`
    SELECT d.case_id AS "caseId", c.status, c.outcome, authority, officer, reference, basis, persons, fields, period_from AS "from", period_until AS until, c.deadline,
      reason, inform_at AS "informAt", informed_at AS "informedAt", requested_by AS "requestedBy", c.opened_at AS "openedAt", document_name AS "documentName",
      document_sha256 AS "documentSha256", refusal, package_sha256 AS "packageSha256", package_expires_at AS "packageExpiresAt",
      package IS NOT NULL AND package_expires_at > now() AS there
    FROM disclosure d JOIN risk_case c ON c.id = d.case_id WHERE ${caseId}::text IS NULL OR d.case_id = ${caseId} ORDER BY c.opened_at DESC LIMIT 200`
}

function view(row: Row, views: DisclosureView['views']): DisclosureView {
  const { from, until, documentName, documentSha256, packageSha256, packageExpiresAt, there, ...rest } = row
  return {
    ...rest,
    period: { from: iso(from), until: iso(until) },
    deadline: iso(row.deadline),
    informAt: iso(row.informAt),
    informedAt: iso(row.informedAt),
    openedAt: iso(row.openedAt),
    document: documentSha256 === null ? null : { name: documentName ?? '', sha256: documentSha256 },
    package: packageSha256 === null || packageExpiresAt === null ? null : { sha256: packageSha256, expiresAt: iso(packageExpiresAt), there },
    views,
  }
}
