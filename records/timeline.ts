import { Prisma } from '../generated/prisma/client'
import type { CaseStatus } from '../domain/status'
import { caseStatuses, canMove } from '../domain/status'
import type { Transaction } from './database'

/** Who did it: `system:…`, `agent:<id>`, `payer`, `provider`, `ledger`, `risk-engine`. */
export type Actor = string

export interface CaseEventInput {
  type: string
  actor: Actor
  data?: Prisma.InputJsonObject
}

/** Appends to the case's timeline; a trigger carries each row into the audit log in the same transaction. */
export async function appendEvents(tx: Transaction, caseId: string, events: CaseEventInput[]): Promise<void> {
  if (events.length === 0) return
  await tx.caseEvent.createMany({
    data: events.map(({ type, actor, data }) => ({ caseId, type, actor, data: data ?? {} })),
  })
}

/**
 * Moves the case along a declared transition and writes the move with its actor, old and new value.
 * A move that is not declared from where the case is (a late or repeated message) changes nothing.
 * @returns whether it moved
 */
export async function moveCase(tx: Transaction, caseId: string, to: CaseStatus, actor: Actor): Promise<boolean> {
  const from = caseStatuses.filter((status) => canMove(status, to))
  const moved = await tx.$executeRaw`
    WITH before AS (SELECT id, status FROM risk_case WHERE id = ${caseId} FOR UPDATE),
    moved AS (
      UPDATE risk_case c SET status = ${to} FROM before
      WHERE c.id = before.id AND before.status = ANY(${from})
      RETURNING before.status AS old)
    INSERT INTO case_event (case_id, actor, type, data)
    SELECT ${caseId}, ${actor}, 'status_changed', jsonb_build_object('from', old, 'to', ${to}::text) FROM moved`
  return moved > 0
}
