import type { Client } from '@temporalio/client'
import { z } from 'zod'
import type { Log } from '../../configuration/log'
import { freeText } from '../../domain/text'
import { approvalDecided } from '../../domain/messages'
import { tellWorkflow } from '../../providers/caseWorkflows'
import { ApprovalBarred, ApprovalOver, decideApproval, type ApprovalState } from '../../records/approvals'
import type { Database } from '../../records/database'
import type { Gate } from '../access/access'
import type { Role } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { conflict, forbidden, invalid, notFound, type Problem } from '../problem'
import { approvalSchema, readApprovals } from '../views/approval'
import { decodeCursor, encode, paging } from '../views/caseSearch'
import { approvalParams } from '../views/ids'
import { unfreezeEndpoints } from './unfreezes'

export const approving: Role[] = ['supervisor', 'compliance', 'admin']
export const tag = 'approvals'

/** The decision stands in PostgreSQL; a workflow that is not told in this time finds it at its next look. */
const patienceMillis = 5_000

const listQuery = z.strictObject({ status: z.enum(['open', 'closed']).default('open'), ...paging })
const pageSchema = z.object({ approvals: z.array(approvalSchema), nextCursor: z.string().nullable() }).meta({ id: 'ApprovalPage' })
export type ApprovalPage = z.output<typeof pageSchema>
const decisionSchema = z
  .strictObject({ vote: z.enum(['approve', 'refuse']), reason: freeText(1_000).trim().min(1).optional() })
  .refine(({ vote, reason }) => vote === 'approve' || reason !== undefined, { path: ['reason'], error: 'expected a reason for refusing' })
  .meta({ id: 'ApprovalDecision' })

export interface ApprovalDeps {
  db: Database
  temporal: Client
  gate: Gate
  log: Log
}

/** What takes two persons: the queue of requests, and the second person's word. */
export function approvalEndpoints({ db, temporal, gate, log }: ApprovalDeps): Endpoint[] {
  const access = gate.staff(...approving)
  return [
    endpoint({
      method: 'get',
      path: '/v1/approvals',
      tag,
      summary: 'What waits for a second person, or was decided',
      description: 'Open ones by the time that is left, closed ones newest first. Names are masked.',
      access,
      query: listQuery,
      answers: { 200: { description: 'One page.', schema: pageSchema } },
      async handle({ caller, query: { status, cursor, limit } }) {
        const open = status === 'open'
        const time = open ? 'expiresAt' : 'requestedAt'
        const order = open ? 'asc' : 'desc'
        const where = { AND: [{ outcome: open ? null : { not: null } }, cursor === undefined ? {} : after(cursor, time, open ? 'gt' : 'lt')] }
        const found = await readApprovals(db, caller, { where, orderBy: [{ [time]: order }, { id: order }], take: limit + 1 })
        const approvals = found.slice(0, limit)
        const last = approvals.at(-1)
        return { approvals, nextCursor: found.length > limit && last ? encode([last[time], last.approvalId]) : null }
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/approvals/:approvalId',
      tag,
      summary: 'One request, with who has decided what',
      access,
      params: approvalParams,
      answers: { 200: { description: 'The request.', schema: approvalSchema }, 404: { description: 'There is no such request.' } },
      async handle({ caller, params }) {
        const [found] = await readApprovals(db, caller, { where: { id: params.approvalId }, orderBy: [], take: 1 })
        if (!found) throw notFound('There is no such request.')
        return found
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/approvals/:approvalId/decision',
      tag,
      summary: 'Approve or refuse',
      description: 'Never one’s own request, never twice. One refusal is enough; a request may need several who approve.',
      access,
      params: approvalParams,
      body: decisionSchema,
      bodyExample: { vote: 'refuse', reason: 'The payee’s account was opened yesterday.' },
      answers: {
        200: { description: 'Taken.', schema: approvalSchema },
        403: { description: 'It is your own request, or your role may not decide it.' },
        404: { description: 'There is no such request.' },
        409: { description: 'It is over, or you have decided already.' },
      },
      async handle({ caller, params: { approvalId }, body }) {
        const { id, role } = caller
        const decided = await decideApproval(db, approvalId, { approver: { id, role }, ...body }).catch(refused)
        if (!decided) throw notFound('There is no such request.')
        if (decided.outcome) await tell(decided.workflowId, { approvalId, outcome: decided.outcome })
        return (await readApprovals(db, caller, { where: { id: approvalId }, orderBy: [], take: 1 }))[0]
      },
    }),
    ...unfreezeEndpoints({ db, temporal, gate }),
  ]

  async function tell(workflowId: string, { approvalId, outcome }: ApprovalState): Promise<void> {
    try {
      await temporal.withDeadline(Date.now() + patienceMillis, () => tellWorkflow(temporal, workflowId, approvalDecided, { approvalId, outcome: outcome! }))
    } catch (error) {
      log.warn({ approvalId, err: error }, 'the decision did not reach the workflow, which will look for it')
    }
  }
}

function refused(error: unknown): never {
  throw problemOf(error) ?? error
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ApprovalOver)
    return conflict(
      { approved: 'It was approved already.', refused: 'It was refused already.', expired: 'Its time is up.', withdrawn: 'It is not needed any more.' }[
        error.outcome
      ],
    )
  if (!(error instanceof ApprovalBarred)) return undefined
  if (error.bar === 'voted') return conflict('You have decided this request already.')
  return forbidden(error.bar === 'own_request' ? 'It takes a second person: this is your own request.' : 'Your role may not decide this kind of request.')
}

function after(cursor: string, time: 'expiresAt' | 'requestedAt', direction: 'gt' | 'lt') {
  const [at, id] = decodeCursor(cursor)
  if (Number.isNaN(Date.parse(at)) || !id) throw invalid([{ field: 'cursor', message: 'is not a cursor of ours' }])
  return { OR: [{ [time]: { [direction]: at } }, { [time]: at, id: { [direction]: id } }] }
}
