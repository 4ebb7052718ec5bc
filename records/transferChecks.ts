import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyedHash } from '../configuration/keyedHash'
import { protectTransfer, type TransferDecision, type TransferRefusal, type TransferWarning } from '../domain/transfers/decision'
import { canonicalName, plainWords } from '../domain/transfers/name'
import type { TransferCheck } from '../domain/transfers/transferCheck'
import { inTransaction, type Database, type Sql } from './database'
import { canonical } from './flags'
import { lockTries, noteTry, triesLeft, type TriesLeft } from './nameTries'
import { currentPolicy, policyVersion } from './policy'

export interface TransferCheckRecord {
  transferId: string
  payerId: string
  payeeId: string
  decision: TransferDecision
  refusal: TransferRefusal | null
  warnings: TransferWarning[]
  masked: string | null
  expiresAt: Date
  /** The name was completed; the transfer may go. */
  completedAt: Date | null
}

export interface CheckedTransfer {
  check: TransferCheckRecord
  tries?: TriesLeft
  known: boolean
}

/** The transfer id is known with another body. */
export class TransferConflict extends Error {}

interface StoredCheck extends TransferCheckRecord {
  bodyHash: Buffer
  keyId: string
  missingHash: Buffer | null
  wholeHash: Buffer | null
  policyVersion: number
}

/**
 * Decides what a transfer needs, once per transfer id. Names are kept as keyed hashes that hold for this transfer alone.
 * @throws TransferConflict when the id is known with another body
 */
export async function checkTransfer(db: Database, hash: KeyedHash, body: TransferCheck): Promise<CheckedTransfer> {
  const { transferId, payer, payee, amount } = body
  const pair = { payerId: payer.id, payeeId: payee.id }
  const bodyHash = (keyId?: string) => hash.of([transferId, canonical(body)], keyId)
  return inTransaction(db, async (tx) => {
    await lockTries(tx, pair)
    const now = new Date()
    const known = await findCheck(tx, transferId)
    if (known) {
      if (!known.bodyHash.equals(bodyHash(known.keyId))) throw new TransferConflict(`transfer ${transferId} was checked before with another body`)
      return { check: known, known: true, tries: await triesOf(tx, known, now) }
    }
    const { version, body: all } = await currentPolicy(tx)
    const policy = all.transferCheck
    const { decision, refusal = null, warnings, name } = protectTransfer(body, policy, await namesSeen(tx, pair, now), now)
    const check: StoredCheck = {
      ...pair,
      transferId,
      decision,
      refusal,
      warnings,
      masked: name?.masked ?? null,
      missingHash: name ? hash.of([transferId, name.missing]) : null,
      wholeHash: name ? hash.of([transferId, name.whole]) : null,
      bodyHash: bodyHash(),
      keyId: hash.keyId,
      policyVersion: version,
      expiresAt: new Date(now.getTime() + policy.validSeconds * 1_000),
      completedAt: null,
    }
    await tx.$executeRaw`
      INSERT INTO transfer_check (id, body_hash, key_id, payer_id, payee_id, amount, currency, decision, refusal, warnings, masked,
        missing_hash, whole_hash, policy_version, created_at, expires_at)
      VALUES (${transferId}, ${check.bodyHash}, ${check.keyId}, ${payer.id}, ${payee.id}, ${amount.amount}, ${amount.currency}, ${decision}, ${refusal},
        ${warnings}, ${check.masked}, ${check.missingHash}, ${check.wholeHash}, ${version}, ${now}, ${check.expiresAt})`
    return { check, known: false, tries: await triesOf(tx, check, now) }
  })
}

export interface NameAnswered {
  check: TransferCheckRecord
  result: 'right' | 'wrong' | 'locked' | 'expired' | 'not_asked'
  tries: TriesLeft
}

/**
 * Judges what the payer typed of the name. The same comparisons are made whatever is known, locked or right, so that
 * the work does not tell; the caller sees to it that the time does not either.
 * @returns undefined when there is no such transfer
 */
export async function answerName(db: Database, hash: KeyedHash, transferId: string, answer: string): Promise<NameAnswered | undefined> {
  const typed = canonicalName(plainWords(answer))
  return inTransaction(db, async (tx) => {
    const found = await findCheck(tx, transferId)
    const pair = { payerId: found?.payerId ?? '', payeeId: found?.payeeId ?? '' }
    await lockTries(tx, pair)
    // Once more: another answer may have come first.
    const check = await findCheck(tx, transferId)
    const now = new Date()
    const policy = check ? (await policyVersion(tx, check.policyVersion)).transferCheck : (await currentPolicy(tx)).body.transferCheck
    const tries = await triesLeft(tx, pair, policy, now)
    const given = hash.of([transferId, typed], check?.keyId)
    // Both comparisons always, each over 32 bytes.
    const isMissing = timingSafeEqual(given, check?.missingHash ?? randomBytes(32))
    const isWhole = timingSafeEqual(given, check?.wholeHash ?? randomBytes(32))
    const right = Number(isMissing) + Number(isWhole) > 0
    if (!check) return undefined
    // A repeated answer to a name that was completed: how things stand, whatever was typed.
    if (check.completedAt) return { check, result: 'right', tries }
    if (check.decision !== 'name_required') return { check, result: 'not_asked', tries }
    if (tries.lockedUntil) return { check, result: 'locked', tries }
    if (check.expiresAt <= now) return { check, result: 'expired', tries }
    await noteTry(tx, transferId, pair, right, now)
    await tx.$executeRaw`UPDATE transfer_check SET completed_at = ${right ? now : null} WHERE id = ${transferId}`
    return { check: { ...check, completedAt: right ? now : null }, result: right ? 'right' : 'wrong', tries: await triesLeft(tx, pair, policy, now) }
  })
}

/** A transfer that was checked, for whoever is about to move the money. */
export async function readTransferCheck(db: Database, transferId: string): Promise<CheckedTransfer | undefined> {
  return inTransaction(db, async (tx) => {
    const check = await findCheck(tx, transferId)
    return check && { check, known: true, tries: await triesOf(tx, check, new Date()) }
  })
}

async function triesOf(tx: Sql, check: StoredCheck, now: Date): Promise<TriesLeft | undefined> {
  if (check.decision !== 'name_required') return undefined
  return triesLeft(tx, check, (await policyVersion(tx, check.policyVersion)).transferCheck, now)
}

async function findCheck(tx: Sql, transferId: string): Promise<StoredCheck | undefined> {
  const [check] = await tx.$queryRaw<StoredCheck[]>`
    SELECT id AS "transferId", body_hash AS "bodyHash", key_id AS "keyId", payer_id AS "payerId", payee_id AS "payeeId", decision, refusal, warnings,
      masked, missing_hash AS "missingHash", whole_hash AS "wholeHash", policy_version AS "policyVersion", expires_at AS "expiresAt", completed_at AS "completedAt"
    FROM transfer_check WHERE id = ${transferId}`
  return check
}

async function namesSeen(tx: Sql, { payerId, payeeId }: { payerId: string; payeeId: string }, now: Date) {
  const dayAgo = new Date(now.getTime() - 86_400_000)
  const [seen] = await tx.$queryRaw<{ masked: number; full: number }[]>`
    SELECT count(DISTINCT payee_id) FILTER (WHERE decision = 'name_required')::int AS masked,
           count(DISTINCT payee_id) FILTER (WHERE decision = 'name_shown')::int AS "full"
    FROM transfer_check WHERE payer_id = ${payerId} AND payee_id <> ${payeeId} AND created_at > ${dayAgo}`
  return seen!
}
