import { sealedWithin } from '../../configuration/vault'
import type { MediationEnd } from '../../domain/transferHelp/help'
import type { ProposalBody, Side } from '../../domain/transferHelp/request'
import { inTransaction, type Database, type Sql } from '../database'
import { recordMessage } from '../payerMessages'
import { appendEvents } from '../timeline'
import { words as spoken } from '../sealedColumns'
import { HelpOver, lockHelp, moneyOf, type LockedHelp } from './progress'

export interface Proposal extends ProposalBody {
  by: string
  /** RFC 3339 */
  at: string
}

/** There is no such case of help. */
export class NoSuchHelp extends Error {}

async function inMediation(tx: Sql, caseId: string): Promise<LockedHelp> {
  const help = await lockHelp(tx, caseId)
  if (!help) throw new NoSuchHelp()
  if (help.status !== 'mediation' || help.mediation !== null) throw new HelpOver('This case is not in mediation.')
  return help
}

/**
 * The mediator proposes; a later proposal takes the place of the one before, and both sides are asked anew.
 * @throws NoSuchHelp, HelpOver; RangeError when it is more than is still missing
 */
export async function propose(db: Database, caseId: string, actor: string, body: ProposalBody): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { transferId, minor } = await inMediation(tx, caseId)
    const missing = minor - (await moneyOf(tx, caseId)).returned
    if (body.amount > missing) throw new RangeError(`expected at most ${missing}, which is what is still missing`)
    const proposal: Proposal = { ...body, by: actor, at: new Date().toISOString() }
    await tx.$executeRaw`
      UPDATE transfer_help SET proposal = ${sealedWithin(proposal, spoken)}::jsonb, payer_agrees = NULL, payee_agrees = NULL WHERE case_id = ${caseId}`
    const { amount, instalments } = body
    await appendEvents(tx, caseId, [{ type: 'transfer_help_proposed', actor, data: { transferId, amount, instalments } }])
    const [before] = await tx.$queryRaw<{ times: number }[]>`
      SELECT count(*)::int AS times FROM payer_message WHERE case_id = ${caseId} AND split_part(step, '.', 1) = 'help_proposal'`
    const step = before!.times === 0 ? 'help_proposal' : `help_proposal.${before!.times + 1}`
    await recordMessage(tx, { caseId, step, paymentId: transferId, facts: { amount, instalments, words: body.words } })
  })
}

/**
 * One side's answer to the proposal.
 * @returns the agreement once both have said yes
 * @throws NoSuchHelp, HelpOver when nothing is proposed
 */
export async function answerProposal(
  db: Database,
  caseId: string,
  given: { side: Side; agrees: boolean; words?: string | undefined; actor: string },
): Promise<MediationEnd | undefined> {
  const { side, agrees, words, actor } = given
  return inTransaction(db, async (tx) => {
    const { transferId } = await inMediation(tx, caseId)
    const [row] = await tx.$queryRaw<{ proposal: Proposal | null; payer: boolean | null; payee: boolean | null }[]>`
      UPDATE transfer_help SET payer_agrees = CASE WHEN ${side} = 'payer' THEN ${agrees} ELSE payer_agrees END,
        payee_agrees = CASE WHEN ${side} = 'payee' THEN ${agrees} ELSE payee_agrees END
      WHERE case_id = ${caseId} RETURNING proposal, payer_agrees AS payer, payee_agrees AS payee`
    if (!row?.proposal) throw new HelpOver('Nothing is proposed yet.')
    await appendEvents(tx, caseId, [{ type: 'transfer_help_side_answered', actor, data: { transferId, side, agrees, ...(words ? { words } : {}) } }])
    if (!row.payer || !row.payee) return undefined
    await end(tx, caseId, transferId, 'agreed', actor)
    const { amount, instalments } = row.proposal
    return { agreed: true, amount, instalments }
  })
}

/** The mediator sees no way to an agreement. @throws NoSuchHelp, HelpOver */
export async function giveUpMediation(db: Database, caseId: string, actor: string, reason: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { transferId } = await inMediation(tx, caseId)
    await end(tx, caseId, transferId, 'failed', actor, reason)
  })
}

async function end(tx: Sql, caseId: string, transferId: string, how: 'agreed' | 'failed', actor: string, reason?: string): Promise<void> {
  await tx.$executeRaw`UPDATE transfer_help SET mediation = ${how} WHERE case_id = ${caseId}`
  await appendEvents(tx, caseId, [{ type: 'transfer_help_mediation_ended', actor, data: { transferId, how, ...(reason ? { reason } : {}) } }])
}

/** How mediation has ended, whoever's signal was lost. */
export async function mediationEnd(tx: Sql, caseId: string): Promise<MediationEnd | undefined> {
  const [row] = await tx.$queryRaw<{ mediation: string; proposal: Proposal | null }[]>`
    SELECT mediation, proposal FROM transfer_help WHERE case_id = ${caseId} AND mediation IS NOT NULL`
  if (!row) return undefined
  if (row.mediation !== 'agreed' || !row.proposal) return { agreed: false }
  return { agreed: true, amount: row.proposal.amount, instalments: row.proposal.instalments }
}

/** Time is up: whoever would still agree is told that it is over. @returns how it ended after all */
export async function closeMediation(db: Database, caseId: string): Promise<MediationEnd> {
  return inTransaction(db, async (tx) => {
    const help = await lockHelp(tx, caseId)
    if (help && help.mediation === null) await end(tx, caseId, help.transferId, 'failed', 'system:transfer-help', 'time is up')
    return (await mediationEnd(tx, caseId)) ?? { agreed: false }
  })
}
