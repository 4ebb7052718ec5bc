import { allHandlersFinished, condition, sleep } from '@temporalio/workflow'
import { instalmentsOf, type HelpOutcome, type Instalment, type MediationEnd, type TransferHelpInput } from '../domain/transferHelp/help'
import { records } from './activities'
import { outlivesReleases } from './outlivesReleases'
import { contactPayee } from './payeeContact'
import { giveBack, holdAtPayee, watchHold } from './payeeMoney'
import { TransferHelpState } from './transferHelpState'

/**
 * Money went to somebody else by mistake, or to an impostor: what is still there is held, we contact the payee (the
 * payer never has to), bring back what they agree to, mediate when they do not, and leave the lawful way when that fails.
 */
export async function transferHelp(input: TransferHelpInput): Promise<HelpOutcome> {
  const help = new TransferHelpState(input)
  help.bind()
  help.announce()
  await records.moveHelp(input.caseId, 'contacting', null)
  await holdAtPayee(help, input.amount.amount)
  const found = help.held === 0 ? 'help_nothing_left' : help.held < help.missing ? 'help_held_part' : 'help_held'
  await help.tell(found, { held: help.held })
  const held = watchHold(help)

  await contactPayee(help)
  // Unless a hold that ended has brought all of it, by policy.
  if (help.missing > 0) await followAnswer(help)
  const settled = help.missing > 0 && (await mediate(help))
  if (help.missing > 0 && !settled) await leaveLawfulWay(help)

  help.over = true
  await held
  const outcome = help.missing === 0 ? 'returned' : settled ? 'settled' : help.returned > 0 ? 'part_returned' : 'not_returned'
  await records.closeHelp(input.caseId, outcome)
  help.announce()
  await Promise.all(help.texts)
  await condition(allHandlersFinished)
  return outcome
}

async function followAnswer(help: TransferHelpState): Promise<void> {
  const { answer } = help
  await help.tell(answer?.answer === 'return' ? 'help_payee_agreed' : answer ? 'help_payee_refused' : 'help_payee_unreachable')
  if (answer?.answer === 'return') await bringBack(help, answer.amount, answer.instalments)
}

/** What was agreed to comes back at once or in parts. @returns whether all of it has */
async function bringBack(help: TransferHelpState, amount = help.missing, instalments = 1): Promise<boolean> {
  const { caseId, rules } = help.input
  const agreed = Math.min(amount, help.missing)
  const count = Math.min(instalments, rules.maxInstalments)
  const upTo = help.returned + agreed
  // What the payee has by now beyond what is held already counts as a first part.
  if (count === 1) await holdAtPayee(help, upTo)
  const parts = instalmentsOf(agreed, help.held, count, Date.now(), rules.instalmentMillis)
  const round = ++help.rounds
  await records.moveHelp(caseId, 'returning', null)
  await records.planInstalments(caseId, round, parts)
  for (const part of parts) {
    await sleep(Math.max(1, part.dueAt - Date.now()))
    if (!(await collect(help, { round, part, upTo }))) return false
  }
  return true
}

/** One part, with days of grace for what is not there when it is due; no more comes back over all than was agreed to. */
async function collect(help: TransferHelpState, { round, part, upTo }: { round: number; part: Instalment; upTo: number }): Promise<boolean> {
  const { caseId, rules } = help.input
  const { number } = part
  const mark = (state: 'returned' | 'late' | 'missed') => records.markInstalment(caseId, { round, number, state })
  let left = await giveBack(help, part.amount, upTo)
  if (left > 0) {
    await mark('late')
    await help.tell(`help_late.${round}-${number}`, { missing: left })
    await remind(help, Date.now() + rules.graceMillis)
    await sleep(rules.graceMillis)
    left = await giveBack(help, left, upTo)
  }
  await mark(left > 0 ? 'missed' : 'returned')
  if (left > 0) await help.tell(`help_missed.${round}`, { missing: left })
  return left <= 0
}

async function remind(help: TransferHelpState, until: number): Promise<void> {
  await records.askPayee(help.input.caseId, { step: 'reminded', number: ++help.asked, until: new Date(until).toISOString() })
}

/** A person works out with both sides what may be agreed to. @returns whether that was agreed, and has come back */
async function mediate(help: TransferHelpState): Promise<boolean> {
  const { caseId, rules } = help.input
  const before = help.answer
  await records.moveHelp(caseId, 'mediation', { reason: !before ? 'payee_unreached' : before.answer === 'refuse' ? 'payee_disagrees' : 'payee_did_not_keep' })
  const until = Date.now() + rules.mediationMillis
  await remind(help, until)
  await help.tell('help_mediation')
  const thoughtBetter = () => (help.answer !== before && help.answer?.answer === 'return' ? help.answer : undefined)
  await condition(() => help.mediation !== undefined || thoughtBetter() !== undefined || help.missing === 0, rules.mediationMillis)
  if (help.missing === 0) return false
  const better = help.mediation ? undefined : thoughtBetter()
  const consent: MediationEnd | undefined = better && { agreed: true, amount: better.amount ?? help.missing, instalments: better.instalments ?? 1 }
  const end = help.mediation ?? consent ?? (await records.closeMediation(caseId))
  await help.tell(end.agreed ? 'help_agreed' : 'help_mediation_failed')
  // What is less than all of it was agreed to by both sides only when a proposal said so.
  return end.agreed && (await bringBack(help, end.amount, end.instalments)) && (help.missing === 0 || !consent)
}

/** Talks have failed: the evidence is ready, and what is held stays so for police and court, for as long as policy lets us. */
async function leaveLawfulWay(help: TransferHelpState): Promise<void> {
  await records.moveHelp(help.input.caseId, 'evidence', null)
  await help.tell('help_evidence')
  await condition(() => help.held === 0)
}

outlivesReleases(transferHelp)
