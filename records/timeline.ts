import type { Prisma } from '../generated/prisma/client'
import type { CaseStatus } from '../domain/status'
import { caseStatuses, canMove } from '../domain/status'
import type { Sql } from './database'

/** Who did it: `system:…`, `agent:<id>`, `payer`, `provider`, `ledger`, `risk-engine`. */
export type Actor = string

export interface CaseEventInput {
  type: string
  actor: Actor
  data?: Prisma.InputJsonObject
}

/** Appends to the case's timeline; a trigger carries each row into the audit log in the same transaction. */
export async function appendEvents(tx: Sql, caseId: string, events: CaseEventInput[]): Promise<void> {
  if (events.length === 0) return
  const rows = JSON.stringify(events.map(({ type, actor, data }) => ({ type, actor, data: data ?? {} })))
  await tx.$executeRaw`
    INSERT INTO case_event (case_id, actor, type, data)
    SELECT ${caseId}, actor, type, data
    FROM ROWS FROM (jsonb_to_recordset(${rows}::jsonb) AS (actor text, type text, data jsonb)) WITH ORDINALITY AS event (actor, type, data, place)
    ORDER BY place`
}

/**
 * Appends an event unless the case has one of its type with the same identity, such as a call's id. The case's
 * row must be locked.
 * @returns whether it is new
 */
export async function appendOnce(tx: Sql, caseId: string, { type, actor, data }: CaseEventInput, identity: Prisma.InputJsonObject): Promise<boolean> {
  const written = await tx.$executeRaw`
    INSERT INTO case_event (case_id, actor, type, data)
    SELECT ${caseId}, ${actor}, ${type}, ${JSON.stringify(data ?? {})}::jsonb
    WHERE NOT EXISTS (SELECT 1 FROM case_event WHERE case_id = ${caseId} AND type = ${type} AND data @> ${JSON.stringify(identity)}::jsonb)`
  return written > 0
}

/**
 * Appends an event unless the same person has one of its type with the same identity within the last minute: who reads
 * or listens is noted, not each request of a page. The case's row must be locked.
 */
export async function appendUnlessRecent(tx: Sql, caseId: string, { type, actor, data = {} }: CaseEventInput): Promise<void> {
  const identity = JSON.stringify(data)
  await tx.$executeRaw`
    INSERT INTO case_event (case_id, actor, type, data)
    SELECT ${caseId}, ${actor}, ${type}, ${identity}::jsonb
    WHERE NOT EXISTS (SELECT 1 FROM case_event
      WHERE case_id = ${caseId} AND type = ${type} AND actor = ${actor} AND data @> ${identity}::jsonb AND at > now() - interval '1 minute')`
}

/** The order in which every transaction locks: the case first. @returns whether there is such a case */
export async function lockCase(tx: Sql, caseId: string): Promise<boolean> {
  return (await tx.$executeRaw`SELECT 1 FROM risk_case WHERE id = ${caseId} FOR UPDATE`) > 0
}

/**
 * Moves a callback along a declared transition and writes the move with its actor, old and new value.
 * A move that is not declared from where the case is (a late or repeated message) changes nothing.
 * @returns whether it moved
 */
export async function moveCase(tx: Sql, caseId: string, to: CaseStatus, actor: Actor): Promise<boolean> {
  const from = caseStatuses.filter((status) => canMove(status, to))
  return moveFrom(tx, caseId, from, to, actor)
}

/** Moves a case of any kind to a status from one of those that its kind declares before it. @returns whether it moved */
export async function moveFrom(tx: Sql, caseId: string, from: readonly string[], to: string, actor: Actor): Promise<boolean> {
  const moved = await tx.$executeRaw`
    WITH before AS (SELECT id, status FROM risk_case WHERE id = ${caseId} FOR UPDATE),
    moved AS (
      UPDATE risk_case c SET status = ${to} FROM before
      WHERE c.id = before.id AND before.status = ANY(${[...from]})
      RETURNING before.status AS old)
    INSERT INTO case_event (case_id, actor, type, data)
    SELECT ${caseId}, ${actor}, 'status_changed', jsonb_build_object('from', old, 'to', ${to}::text) FROM moved`
  return moved > 0
}
