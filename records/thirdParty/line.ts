import type { Prisma } from '../../generated/prisma/client'
import { maskPhone } from '../../domain/masking'
import type { CaseAddress } from '../../domain/messages'
import type { Sql } from '../database'
import { policyVersion } from '../policy'
import type { RingIntent } from '../ringing'

/** Nobody can be added to this talk, or not so. */
export class ThirdPartyRefused extends Error {
  constructor(
    readonly reason: 'not_yours' | 'conflict' | 'phone',
    message: string,
  ) {
    super(message)
  }
}

export interface ThirdPartyName {
  en: string
  zh: string
}

/** A third party's call as it stands, with what is needed of its case and of the talk that it is for. */
export interface ThirdPartyLine extends RingIntent, CaseAddress {
  attemptId: string
  agentId: string
  name: ThirdPartyName | null
  callSid: string | null
  status: string
  outcome: string | null
  answeredBy: string | null
  script: string
  policyVersion: number
  joinedAt: Date | null
  droppedAt: Date | null
  leftTogetherAt: Date | null
  /** The talk that they were added to goes on. */
  talking: boolean
  /** The leg of whoever they were added to. */
  talkSid: string | null
  /** The kill switch. */
  paused: boolean
}

/** Who they are, in events: never with a whole number that an agent entered. */
export function about({ id, name, phone }: Pick<ThirdPartyLine, 'id' | 'name' | 'phone'>): Prisma.InputJsonObject {
  return { thirdPartyId: id, ...(name ? { name: { en: name.en, zh: name.zh } } : { phone: maskPhone(phone) }) }
}

/** Case first, then the third party: the order in which every transaction locks. */
export async function lockLine(tx: Sql, id: string): Promise<ThirdPartyLine | undefined> {
  await tx.$queryRaw`SELECT 1 FROM risk_case c JOIN third_party t ON t.case_id = c.id WHERE t.id = ${id} FOR UPDATE`
  return readLine(tx, id)
}

export async function readLine(tx: Sql, id: string): Promise<ThirdPartyLine | undefined> {
  const [line] = await tx.$queryRaw<Omit<ThirdPartyLine, 'kind'>[]>`
    SELECT t.id, t.case_id AS "caseId", t.attempt_id AS "attemptId", t.agent_id AS "agentId", t.name, t.phone, t.from_number AS "fromNumber", t.script,
      t.call_sid AS "callSid", t.status, t.outcome, t.answered_by AS "answeredBy", t.intended_at AS "intendedAt", t.asked_at AS "askedAt",
      t.joined_at AS "joinedAt", t.dropped_at AS "droppedAt", t.left_together_at AS "leftTogetherAt",
      c.payer_id AS "payerId", c.workflow_id AS "workflowId", c.policy_version AS "policyVersion",
      a.status = 'in_progress' AS talking, a.call_sid AS "talkSid", coalesce(d.paused, false) AS paused
    FROM third_party t JOIN risk_case c ON c.id = t.case_id JOIN attempt a ON a.id = t.attempt_id LEFT JOIN dialling_control d ON d.id = 1
    WHERE t.id = ${id}`
  return line && { ...line, kind: 'third_party' }
}

/** Who is in the case's talk, or on the way. @returns their id */
export async function openThirdParty(tx: Sql, caseId: string): Promise<string | undefined> {
  const [open] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM third_party WHERE case_id = ${caseId} AND ended_at IS NULL`
  return open?.id
}

/** For how many seconds their phone rings. */
export async function ringSecondsOf(tx: Sql, { policyVersion: version }: Pick<ThirdPartyLine, 'policyVersion'>): Promise<number> {
  return (await policyVersion(tx, version)).thirdParty.ringSeconds
}
