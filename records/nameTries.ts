import type { TransferCheckPolicy } from '../domain/transfers/policy'
import type { Sql } from './database'

/** Who asks about whom. */
export interface Pair {
  payerId: string
  payeeId: string
}

export interface TriesLeft {
  left: number
  /** No answer is looked at before this. */
  lockedUntil?: Date
}

const rememberedDays = 90
const dayMillis = 86_400_000

/** All answers by one payer, and about one payee, come one after another, over all processes; until the transaction ends. */
export async function lockTries(tx: Sql, { payerId, payeeId }: Pair): Promise<void> {
  // Always in this order, so that two transactions cannot wait for each other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('name_try payer ' || ${payerId}, 0))`
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('name_try payee ' || ${payeeId}, 0))`
}

/**
 * How many answers are still looked at. Of one payer about one payee, each further lock lasts twice as long as the one
 * before, until a right answer; of one payer about anybody, and of anybody about one payee, wrong answers of 24 hours count.
 */
export async function triesLeft(tx: Sql, pair: Pair, policy: TransferCheckPolicy, now: Date): Promise<TriesLeft> {
  const { payerId, payeeId } = pair
  const since = new Date(now.getTime() - rememberedDays * dayMillis)
  const [own] = await tx.$queryRaw<{ wrong: number; last: Date | null }[]>`
    SELECT count(*)::int AS wrong, max(at) AS last FROM name_try
    WHERE payer_id = ${payerId} AND payee_id = ${payeeId} AND NOT "right" AND at > ${since}
      AND id > coalesce((SELECT max(id) FROM name_try WHERE payer_id = ${payerId} AND payee_id = ${payeeId} AND "right"), 0)`
  const { wrong, last } = own!
  const locks = Math.floor(wrong / policy.tries)
  const ownLock = wrong > 0 && wrong % policy.tries === 0 ? last!.getTime() + policy.lockSeconds * 1_000 * 2 ** (locks - 1) : 0

  const dayAgo = new Date(now.getTime() - dayMillis)
  const ofPayer = await tx.$queryRaw<{ at: Date }[]>`
    SELECT at FROM name_try WHERE payer_id = ${payerId} AND NOT "right" AND at > ${dayAgo} ORDER BY at DESC LIMIT ${policy.wrongAnswersOfPayer}`
  const aboutPayee = await tx.$queryRaw<{ at: Date }[]>`
    SELECT at FROM name_try WHERE payee_id = ${payeeId} AND NOT "right" AND at > ${dayAgo} ORDER BY at DESC LIMIT ${policy.wrongAnswersAboutPayee}`
  const until = Math.max(ownLock, fullUntil(ofPayer, policy.wrongAnswersOfPayer), fullUntil(aboutPayee, policy.wrongAnswersAboutPayee))
  if (until > now.getTime()) return { left: 0, lockedUntil: new Date(until) }
  return { left: Math.min(policy.tries - (wrong % policy.tries), policy.wrongAnswersOfPayer - ofPayer.length, policy.wrongAnswersAboutPayee - aboutPayee.length) }
}

/** When the oldest of so many wrong answers is a day old; 0 when there are not so many. */
function fullUntil(newestFirst: { at: Date }[], limit: number): number {
  return newestFirst.length < limit ? 0 : newestFirst.at(-1)!.at.getTime() + dayMillis
}

export async function noteTry(tx: Sql, transferId: string, { payerId, payeeId }: Pair, right: boolean, now: Date): Promise<void> {
  await tx.$executeRaw`INSERT INTO name_try (transfer_id, payer_id, payee_id, "right", at) VALUES (${transferId}, ${payerId}, ${payeeId}, ${right}, ${now})`
}
