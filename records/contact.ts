import type { KeyPressed, PayerReached } from '../domain/messages'
import type { Attempt } from '../generated/prisma/client'
import { isMachine, lockAttempt, noteAnswered } from './calls'
import { appendAgentLeg, isAgentIn } from './conference'
import { transact, type Database, type Transaction } from './database'
import { policyVersion } from './policy'
import { appendEvents, moveCase } from './timeline'

export interface Reached {
  caseId: string
  payerId: string
  /** Undefined when nothing new was learned. */
  reached?: PayerReached
}

/**
 * The payer's leg is in the conference. Together with an agent on the case that is a bridged talk,
 * which counts as contact; a machine's leg never does.
 */
export async function recordPayerJoined(db: Database, attemptId: string): Promise<Reached | undefined> {
  return transact(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return undefined
    const theCase = await tx.riskCase.findUniqueOrThrow({ where: { id: attempt.caseId } })
    const where = { caseId: attempt.caseId, payerId: theCase.payerId }
    if (isMachine(attempt.answeredBy) || attempt.status === 'ended') return where
    await noteAnswered(tx, attempt)
    const needsAgent = theCase.agentId === null
    if (!(await hasPayerJoined(tx, attempt))) await appendEvents(tx, attempt.caseId, [{ type: 'payer_joined', actor: 'payer', data: { attemptId } }])
    if (needsAgent) return { ...where, reached: { attemptId, needsAgent } }
    const { contactNeedsAgentLeg } = await policyVersion(tx, theCase.policyVersion)
    if (contactNeedsAgentLeg && !(await isAgentIn(tx, attempt.caseId, theCase.agentId!))) return where
    await markContact(tx, attempt)
    return { ...where, reached: { attemptId, needsAgent } }
  })
}

/**
 * The agent's leg is in the conference. A payer who is there already has a bridged talk from now on.
 * Repeats write nothing.
 */
export async function recordAgentJoined(db: Database, caseId: string, agentId: string, callSid: string): Promise<Reached | undefined> {
  return transact(db, async (tx) => {
    if (!(await appendAgentLeg(tx, caseId, { type: 'agent_joined', agentId, callSid }))) return undefined
    const theCase = await tx.riskCase.findUniqueOrThrow({ where: { id: caseId } })
    const attempt = await tx.attempt.findFirst({ where: { caseId, status: { not: 'ended' } } })
    if (!attempt || theCase.agentId !== agentId || isMachine(attempt.answeredBy) || !(await hasPayerJoined(tx, attempt))) return undefined
    await markContact(tx, attempt)
    return { caseId, payerId: theCase.payerId, reached: { attemptId: attempt.id, needsAgent: false } }
  })
}

async function markContact(tx: Transaction, attempt: Attempt): Promise<void> {
  if (attempt.contactAt === null) await tx.attempt.update({ where: { id: attempt.id }, data: { contactAt: new Date() } })
  await moveCase(tx, attempt.caseId, 'talking', 'system:case')
}

async function hasPayerJoined(tx: Transaction, { id, caseId }: Attempt): Promise<boolean> {
  return (await tx.caseEvent.count({ where: { caseId, type: 'payer_joined', data: { path: ['attemptId'], equals: id } } })) > 0
}

/** A digit that answers the question about one payment: contact, and the payer's own word. A repeat writes nothing. */
export async function recordKeypress(db: Database, key: KeyPressed): Promise<Reached | undefined> {
  return transact(db, async (tx) => {
    const attempt = await lockAttempt(tx, key.attemptId)
    if (!attempt) return undefined
    const { payerId } = await tx.riskCase.findUniqueOrThrow({ where: { id: attempt.caseId }, select: { payerId: true } })
    await noteAnswered(tx, attempt)
    await tx.attempt.updateMany({ where: { id: key.attemptId, contactAt: null }, data: { contactAt: new Date() } })
    const { attemptId, paymentId, digit } = key
    const known = await tx.caseEvent.count({
      where: { caseId: attempt.caseId, type: 'keypress', AND: [{ data: { path: ['attemptId'], equals: attemptId } }, { data: { path: ['paymentId'], equals: paymentId } }, { data: { path: ['digit'], equals: digit } }] },
    })
    const meaning = digit === '1' ? 'it_was_me' : 'it_was_not_me'
    if (known === 0) await appendEvents(tx, attempt.caseId, [{ type: 'keypress', actor: 'payer', data: { attemptId, paymentId, digit, meaning } }])
    await moveCase(tx, attempt.caseId, 'talking', 'payer')
    return { caseId: attempt.caseId, payerId, reached: { attemptId: key.attemptId, needsAgent: false } }
  })
}

/** The payer asked for a person, or a person must go on: contact, and nobody with them yet. */
export async function recordWantsPerson(db: Database, attemptId: string, digit: string): Promise<Reached | undefined> {
  return transact(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return undefined
    const theCase = await tx.riskCase.update({ where: { id: attempt.caseId }, data: { needsPerson: true } })
    await tx.attempt.updateMany({ where: { id: attemptId, contactAt: null }, data: { contactAt: new Date() } })
    await appendEvents(tx, attempt.caseId, [{ type: 'keypress', actor: 'payer', data: { attemptId, digit, meaning: 'a_person' } }])
    await moveCase(tx, attempt.caseId, 'talking', 'payer')
    return { caseId: attempt.caseId, payerId: theCase.payerId, reached: { attemptId, needsAgent: theCase.agentId === null } }
  })
}

/** The person who answered says that they are the payer; only then are payment details told. */
export async function recordIdentified(db: Database, attemptId: string): Promise<void> {
  await transact(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (attempt) await appendEvents(tx, attempt.caseId, [{ type: 'payer_identified', actor: 'payer', data: { attemptId, how: 'keypress' } }])
  })
}

/** Answering-machine detection spoke. A machine ends in a message without details; it never decides about money. */
export async function recordAnsweredBy(db: Database, attemptId: string, answeredBy: string): Promise<(Reached & { machine: boolean }) | undefined> {
  return transact(db, async (tx) => {
    const attempt = await lockAttempt(tx, attemptId)
    if (!attempt) return undefined
    const { payerId } = await tx.riskCase.findUniqueOrThrow({ where: { id: attempt.caseId }, select: { payerId: true } })
    if (attempt.answeredBy === null) {
      await tx.attempt.update({ where: { id: attemptId }, data: { answeredBy } })
      if (isMachine(answeredBy))
        await appendEvents(tx, attempt.caseId, [{ type: 'call_machine', actor: 'provider', data: { attemptId, answeredBy } }])
    }
    // Somebody who pressed a key or talks with an agent is no machine, whatever detection thinks.
    return { caseId: attempt.caseId, payerId, machine: isMachine(answeredBy) && attempt.contactAt === null && attempt.status !== 'ended' }
  })
}
