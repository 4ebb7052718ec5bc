import { createHash, randomUUID } from 'node:crypto'
import { sealed } from '../../configuration/vault'
import { helpRules } from '../../domain/transferHelp/policy'
import { transferHelpWorkflowId, type HelpKind, type Payee, type TransferHelpInput } from '../../domain/transferHelp/help'
import type { TransferHelpRequest } from '../../domain/transferHelp/request'
import { inTransaction, type Database, type Sql } from '../database'
import { queueEvent } from '../outbox'
import { recordMessage } from '../payerMessages'
import { currentPolicy, policyVersion } from '../policy'
import { appendEvents } from '../timeline'

/** What was asked for contradicts what is known of the transfer. */
export class HelpConflict extends Error {}

export interface OpenedHelp {
  caseId: string
  status: string
  /** The same request has come before. */
  known: boolean
  /** What its workflow is started with, again and again until Temporal has it. */
  input: TransferHelpInput
  handedOver: boolean
}

/**
 * Opens a case of help; a transfer has one. The same request again finds the first.
 * @throws HelpConflict when help was asked for the transfer in another way, or its money goes another way already
 */
export async function openHelp(db: Database, request: TransferHelpRequest, openedBy: string): Promise<OpenedHelp> {
  const bodyHash = createHash('sha256').update(JSON.stringify(request)).digest('hex')
  return inTransaction(db, async (tx) => {
    // Disputes of the same payment wait at the same lock: of the two ways to the money, one is gone.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`dispute:${request.transferId}`}, 0))`
    const [known] = await tx.$queryRaw<{ caseId: string; bodyHash: string; status: string; handedOver: boolean }[]>`
      SELECT h.case_id AS "caseId", h.body_hash AS "bodyHash", c.status, h.handed_over_at IS NOT NULL AS "handedOver"
      FROM transfer_help h JOIN risk_case c ON c.id = h.case_id WHERE h.transfer_id = ${request.transferId}`
    if (known && known.bodyHash !== bodyHash) throw new HelpConflict('Help was asked for this transfer before, with another body.')
    if (known) return { ...known, known: true, input: await helpInput(tx, known.caseId) }
    await refuseOtherWays(tx, request)
    return insertHelp(tx, request, bodyHash, openedBy)
  })
}

/** Money that never went out, is disputed, or was paid back is not brought back a second time. */
async function refuseOtherWays(tx: Sql, { transferId, payer }: TransferHelpRequest): Promise<void> {
  const [flagged] = await tx.$queryRaw<{ payerId: string; fundsState: string }[]>`
    SELECT c.payer_id AS "payerId", p.funds_state AS "fundsState" FROM flagged_payment p JOIN risk_case c ON c.id = p.case_id WHERE p.id = ${transferId}`
  if (flagged && flagged.payerId !== payer.id) throw new HelpConflict('This transfer was made by another payer.')
  if (flagged && flagged.fundsState !== 'released') throw new HelpConflict('This transfer has not gone out: its money is not with the payee.')
  const [disputed] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM dispute WHERE payment_id = ${transferId} AND coalesce(decision, '') <> 'rejected'`
  if (disputed) throw new HelpConflict('This transfer is disputed; the dispute brings the money.')
  const [paid] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM money_action WHERE payment_id = ${transferId} AND kind IN ('refund', 'compensate') AND status <> 'refused' LIMIT 1`
  if (paid) throw new HelpConflict('The payer has the money back already.')
}

async function insertHelp(tx: Sql, request: TransferHelpRequest, bodyHash: string, openedBy: string): Promise<OpenedHelp> {
  const { transferId, kind, reason, transferredAt, amount, payer, payee } = request
  const { version, body } = await currentPolicy(tx)
  const caseId = `case_${randomUUID().replaceAll('-', '')}`
  const answerBy = new Date(Date.now() + helpRules(body.transferHelp, kind).payeeAnswerMillis)
  await tx.$executeRaw`
    INSERT INTO risk_case (id, kind, workflow_id, payer_id, payer, locale, priority, policy_version, deadline)
    VALUES (${caseId}, 'transfer_help', ${transferHelpWorkflowId(caseId)}, ${payer.id}, ${JSON.stringify(payer)}::jsonb, ${payer.locale}, 0, ${version}, ${answerBy})`
  await tx.$executeRaw`
    INSERT INTO transfer_help (case_id, transfer_id, body_hash, kind, reason, transferred_at, amount, currency, payee_id, payee, opened_by)
    VALUES (${caseId}, ${transferId}, ${bodyHash}, ${kind}, ${sealed(reason)}, ${new Date(transferredAt)}, ${amount.amount}, ${amount.currency},
            ${payee.id}, ${JSON.stringify(payee)}::jsonb, ${openedBy})`
  await appendEvents(tx, caseId, [{ type: 'transfer_help_opened', actor: openedBy, data: { transferId, kind, payeeId: payee.id } }])
  await queueEvent(tx, caseId, 'risk-callback.help.opened', { transferId, kind, payeeId: payee.id, amount, openedBy })
  await recordMessage(tx, { caseId, step: 'help_received', paymentId: transferId })
  return { caseId, status: 'received', known: false, input: await helpInput(tx, caseId), handedOver: false }
}

interface InputRow {
  transferId: string
  kind: HelpKind
  payerId: string
  minor: number
  currency: string
  payee: Payee
  openedAt: Date
  version: number
}

/** What the workflow begins with; the same for ever, for it may be started again. */
async function helpInput(tx: Sql, caseId: string): Promise<TransferHelpInput> {
  const [row] = await tx.$queryRaw<InputRow[]>`
    SELECT h.transfer_id AS "transferId", h.kind, c.payer_id AS "payerId", h.amount::float8 AS minor, h.currency, h.payee, h.opened_at AS "openedAt",
           c.policy_version AS version
    FROM transfer_help h JOIN risk_case c ON c.id = h.case_id WHERE h.case_id = ${caseId}`
  if (!row) throw new Error(`there is no case of help ${caseId}`)
  const { transferId, kind, payerId, minor, currency, payee, openedAt, version } = row
  const policy = await policyVersion(tx, version)
  return {
    caseId,
    transferId,
    kind,
    payerId,
    amount: { amount: minor, currency },
    payee,
    policy: { version, body: policy },
    openedAt: openedAt.toISOString(),
    rules: helpRules(policy.transferHelp, kind),
  }
}

/** Temporal has it. */
export async function helpHandedOver(db: Database, caseId: string): Promise<void> {
  await db.transferHelp.updateMany({ where: { caseId, handedOverAt: null }, data: { handedOverAt: new Date() } })
}

/** Cases that were recorded and never reached Temporal, oldest first. */
export async function helpNotHandedOver(db: Database, olderThan: Date, limit: number): Promise<TransferHelpInput[]> {
  const rows = await db.transferHelp.findMany({
    where: { handedOverAt: null, openedAt: { lt: olderThan } },
    orderBy: { openedAt: 'asc' },
    take: limit,
    select: { caseId: true },
  })
  return inTransaction(db, (tx) => Promise.all(rows.map(({ caseId }) => helpInput(tx, caseId))))
}
