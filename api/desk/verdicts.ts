import { WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { z } from 'zod'
import { caseWorkflowId, recordVerdicts, type VerdictsGiven, type VerdictsTaken } from '../../domain/messages'
import { verdictKinds } from '../../domain/money'
import { verdictsSchema, type Verdict } from '../../domain/verdict'
import { handOverFlag } from '../../providers/caseWorkflows'
import { sqlOf, type Database } from '../../records/database'
import { recordedFlags } from '../../records/flags'
import { endpoint, type Endpoint } from '../endpoint'
import { tellMoved } from '../handover'
import { conflict, forbidden, invalid, notFound, unavailable } from '../problem'
import { caseParams } from '../views/ids'
import type { DeskDeps } from './desk'
import { everHeld } from './holding'

/** A verdict waits for a worker; an agent does not wait longer than this, in milliseconds. */
const patience = 10_000

const takenSchema = z.object({
  verdicts: z.array(
    z.object({
      paymentId: z.string(),
      verdict: z.enum(verdictKinds),
      effect: z.enum(['taken', 'waits_for_contact']).meta({ description: 'a release waits until the payer was really reached' }),
    }),
  ),
})

export function verdictEndpoints({ db, gate, temporal }: DeskDeps): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/v1/desk/cases/:caseId/verdicts',
      tag: 'desk',
      summary: 'Say what became clear about each payment',
      access: gate.staff('agent', 'supervisor'),
      params: caseParams,
      body: verdictsSchema,
      bodyExample: { verdicts: [{ paymentId: 'pay_20120525_090800_0001', verdict: 'owner_confirmed', notes: 'bought air tickets' }] },
      answers: {
        200: { description: 'Taken. The money moves now; the ledger’s confirmation makes it final.', schema: takenSchema },
        403: { description: 'The case is not in your hands.' },
        409: { description: 'A payment was decided already.' },
      },
      async handle({ caller, params, body }) {
        const payerId = await payerOfVerdicts(db, caller.id, params.caseId, body.verdicts)
        const given = { agentId: caller.id, verdicts: body.verdicts }
        let answer = await record(temporal, payerId, given)
        if (answer === 'UnknownPayment') {
          await handOver(db, temporal, body.verdicts)
          answer = await record(temporal, payerId, given)
          if (answer === 'UnknownPayment') throw notHandedOver()
        }
        // Perhaps the case moved to them in mid-call, and the telling was lost.
        if (answer === 'NotYourCase' && (await hasInCall(db, caller.id, params.caseId))) {
          await tellMoved(temporal, { payerId, toAgentId: caller.id, fromAgentId: null })
          answer = await record(temporal, payerId, given)
        }
        if (typeof answer === 'string') throw notYoursAnyMore()
        return answer
      },
    }),
  ]
}

/** What PostgreSQL knows to be wrong is refused here; the workflow has the last word. */
async function payerOfVerdicts(db: Database, agentId: string, caseId: string, verdicts: Verdict[]): Promise<string> {
  const [theCase] = await sqlOf(db).$queryRaw<{ payerId: string; held: boolean; decisions: Record<string, string> | null }[]>`
    SELECT c.payer_id AS "payerId",
      EXISTS (SELECT 1 FROM presence p WHERE p.user_id = ${agentId} AND p.case_id = c.id AND p.status IN ('busy', 'wrap_up')) AS held,
      (SELECT jsonb_object_agg(p.id, p.decision) FROM flagged_payment p WHERE p.case_id = c.id) AS decisions
    FROM risk_case c WHERE c.id = ${caseId}`
  if (!theCase) throw notFound('There is no such case.')
  const { held } = theCase
  if (!held && !(await everHeld(db, agentId, caseId))) throw forbidden('This case is not in your hands.')
  const decisions = new Map(Object.entries(theCase.decisions ?? {}))
  const foreign = verdicts.flatMap(({ paymentId }, index) =>
    decisions.has(paymentId) ? [] : [{ field: `verdicts.${index}.paymentId`, message: 'is not a payment of this case' }],
  )
  if (foreign.length > 0) throw invalid(foreign)
  const decided = verdicts.find(({ paymentId }) => decisions.get(paymentId) !== 'undecided')
  if (decided) throw conflict(`Payment ${decided.paymentId} was decided already.`)
  if (!held) throw notYoursAnyMore()
  return theCase.payerId
}

const notYoursAnyMore = () => forbidden('This case is not in your hands any more.')

const notHandedOver = () => unavailable('A payment has joined this case, and the case could not be told of it yet. Try again.')

/**
 * These payments joined the case while Temporal was out of reach. Recovery would tell the case of them; the agent does not wait for it.
 * @throws Problem 503 when it cannot be told now either
 */
async function handOver(db: Database, temporal: Client, verdicts: Verdict[]): Promise<void> {
  const flags = await recordedFlags(db, verdicts.map(({ paymentId }) => paymentId))
  try {
    await temporal.withDeadline(Date.now() + patience, async () => {
      for (const flag of flags) await handOverFlag(db, temporal, flag)
    })
  } catch {
    throw notHandedOver()
  }
}

/** The records have the case in this person's hands, and not only for the wrap-up. */
async function hasInCall(db: Database, agentId: string, caseId: string): Promise<boolean> {
  const [busy, theirs] = await Promise.all([
    db.presence.count({ where: { userId: agentId, caseId, status: 'busy' } }),
    db.riskCase.count({ where: { id: caseId, agentId } }),
  ])
  return busy > 0 && theirs > 0
}

/** @returns in a word why the case's workflow refused, where something can be done about it */
async function record(temporal: Client, payerId: string, given: VerdictsGiven): Promise<VerdictsTaken | 'NotYourCase' | 'UnknownPayment'> {
  try {
    const handle = temporal.workflow.getHandle(caseWorkflowId(payerId))
    return await temporal.withDeadline(Date.now() + patience, () => handle.executeUpdate(recordVerdicts, { args: [given] }))
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw conflict('This case is closed.')
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
      throw unavailable('The case did not answer in time. Look whether the verdict was taken, then try again.')
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      if (error.cause.type === 'AlreadyDecided') throw conflict(error.cause.message)
      if (error.cause.type === 'NotYourCase' || error.cause.type === 'UnknownPayment') return error.cause.type
    }
    throw error
  }
}
