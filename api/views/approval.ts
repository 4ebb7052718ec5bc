import { z } from 'zod'
import { approvalKinds, approvalOutcomes, approvalRules, barToApproving, personOf, type ApprovalKind, type ApprovalOutcome } from '../../domain/approvals'
import type { Prisma } from '../../generated/prisma/client'
import type { Database } from '../../records/database'
import { policyVersion } from '../../records/policy'
import { moneyView } from './payment'
import { nameFor, type StoredPayer } from './person'
import { iso, nullableTime, time } from './time'

export const approvalSchema = z
  .object({
    approvalId: z.string(),
    caseId: z.string(),
    kind: z.enum(approvalKinds),
    subject: z.string().meta({ description: 'what it is about: a payment’s id, or another id that the kind defines' }),
    amount: moneyView.nullable(),
    payer: z.object({ id: z.string(), name: z.string().meta({ description: 'masked' }) }),
    reason: z.string(),
    requestedBy: z.string().meta({ description: 'agent:<id>, supervisor:<id>, …, or system:<part> for a clock' }),
    requestedByName: z.string().nullable(),
    requestedAt: time,
    expiresAt: time,
    needed: z.int().meta({ description: 'how many different people must approve' }),
    votes: z.array(z.object({ by: z.string(), name: z.string().nullable(), vote: z.enum(['approve', 'refuse']), reason: z.string().nullable(), at: time })),
    outcome: z.enum(approvalOutcomes).nullable().meta({ description: 'null while it is open' }),
    decidedAt: nullableTime,
    bar: z
      .enum(['own_request', 'role', 'voted'])
      .nullable()
      .meta({ description: 'why you may not decide it: you asked for it, your role may not, or you have decided already; null when you may' }),
  })
  .meta({ id: 'Approval' })
export type ApprovalView = z.output<typeof approvalSchema>

const include = { votes: { orderBy: { at: 'asc' } }, case: { select: { payerId: true, payer: true } } } as const satisfies Prisma.ApprovalInclude

/** Requests as a person sees them, in the order in which they come. */
export async function readApprovals(
  db: Database,
  reader: { id: string; role: string },
  query: { where: Prisma.ApprovalWhereInput; orderBy: Prisma.ApprovalOrderByWithRelationInput[]; take: number },
): Promise<ApprovalView[]> {
  const rows = await db.approval.findMany({ ...query, include })
  const ids = rows.flatMap((row) => [personOf(row.requestedBy) ?? [], row.votes.map(({ userId }) => userId)].flat())
  const people = await db.staffUser.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return Promise.all(
    rows.map(async (row) => {
      const rules = approvalRules(await policyVersion(db, row.policyVersion))
      const kind = row.kind as ApprovalKind
      const votedBy = row.votes.map(({ userId }) => userId)
      return {
        approvalId: row.id,
        caseId: row.caseId,
        kind,
        subject: row.subject,
        amount: row.amount === null || row.currency === null ? null : { amount: Number(row.amount), currency: row.currency },
        payer: { id: row.case.payerId, name: nameFor((row.case.payer as unknown as StoredPayer).name, 'masked') },
        reason: row.requestReason,
        requestedBy: row.requestedBy,
        requestedByName: names.get(personOf(row.requestedBy) ?? '') ?? null,
        requestedAt: iso(row.requestedAt),
        expiresAt: iso(row.expiresAt),
        needed: row.needed,
        votes: row.votes.map(({ userId, role, vote, reason, at }) => ({
          by: `${role}:${userId}`,
          name: names.get(userId) ?? null,
          vote: vote as 'approve' | 'refuse',
          reason,
          at: iso(at),
        })),
        outcome: row.outcome as ApprovalOutcome | null,
        decidedAt: iso(row.decidedAt),
        bar: barToApproving({ kind, requestedBy: row.requestedBy, votedBy }, rules, reader) ?? null,
      }
    }),
  )
}
