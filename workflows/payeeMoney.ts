import { condition, workflowInfo } from '@temporalio/workflow'
import type { MoneyOrder } from '../activities/funds'
import { records } from './activities'
import { instructed } from './ledger'
import { carriedOut } from './payout'
import type { TransferHelpState } from './transferHelpState'

const actor = 'system:transfer-help'
type Kind = keyof TransferHelpState['instructions']

/** Holds what the payee has, until so much of the transfer is held or has come back; nothing is an answer too. */
export function holdAtPayee(help: TransferHelpState, upTo: number): Promise<void> {
  return help.orderly(() => hold(help, upTo))
}

async function hold(help: TransferHelpState, upTo: number): Promise<void> {
  const lacking = upTo - help.returned - help.held
  if (lacking <= 0) return
  const answer = await instructed(order(help, 'hold_payee', lacking, 'transfer_help'), help.call.ledgerSaid)
  if (answer.status !== 'confirmed') return
  if (help.held === 0 && help.returned === 0) await records.recordHoldUntil(help.input.caseId, new Date(Date.now() + help.input.rules.holdMillis).toISOString())
  help.held += answer.amount?.amount ?? lacking
}

/**
 * Returns so much, from what is held and else from what the payee has by now, and no more than `upTo` over all: a hold
 * that ended may have brought the same money while this waited for its turn.
 * @returns how much of the amount is still owed
 */
export function giveBack(help: TransferHelpState, amount: number, upTo: number): Promise<number> {
  return help.orderly(async () => {
    const wanted = Math.min(amount, upTo - help.returned)
    await hold(help, help.returned + wanted)
    const given = Math.min(wanted, help.held)
    if (given > 0) await toPayer(help, given, 'payee_agreed')
    return Math.max(0, wanted - given)
  })
}

async function toPayer(help: TransferHelpState, amount: number, reason: string): Promise<void> {
  await carriedOut(order(help, 'return', amount, reason), help.call.ledgerSaid)
  help.held -= amount
  help.returned += amount
  await help.tell(`help_came_back.${help.instructions.return}`, { amount, missing: help.missing })
}

/**
 * Until everything is over, or policy lets us hold no longer: then what is still held goes where policy says, and what
 * is left over at the end goes back to the payee.
 */
export async function watchHold(help: TransferHelpState): Promise<void> {
  const { rules } = help.input
  const inTime = await condition(() => help.over, rules.holdMillis)
  await help.orderly(async () => {
    if (help.held === 0) return
    const amount = help.held
    if (!inTime && rules.whenHoldEnds === 'return') return toPayer(help, amount, 'policy')
    await carriedOut(order(help, 'release_payee', amount, inTime ? 'help_over' : 'hold_expired'), help.call.ledgerSaid)
    if (!inTime) await help.tell('help_hold_ended', { amount })
    help.held = 0
  })
}

function order(help: TransferHelpState, kind: Kind, amount: number, reason: string): MoneyOrder {
  const { caseId, transferId, payee, payerId, amount: whole } = help.input
  const key = `${kind}:${transferId}:${++help.instructions[kind]}`
  const parties = { payeeId: payee.id, ...(kind === 'return' ? { payerId } : {}) }
  const { workflowId } = workflowInfo()
  return { key, kind, caseId, paymentId: transferId, amount: { amount, currency: whole.currency }, reason, actor, workflowId, parties }
}
