import { randomUUID } from 'node:crypto'
import { chooseCallerNumber, type CallerNumber } from '../../domain/callerNumbers'
import { maskPhone } from '../../domain/masking'
import type { DirectoryEntry } from '../../domain/thirdParty/directory'
import { refusedNumber } from '../../domain/thirdParty/number'
import type { CaseKind } from '../../domain/status'
import { callerNumbers } from '../callerNumbers'
import { liveAttempt } from '../conference'
import { inTransaction, type Database, type Sql } from '../database'
import { policyVersion } from '../policy'
import { scriptInForce } from '../scripts'
import { appendEvents } from '../timeline'
import { about, ThirdPartyRefused, type ThirdPartyName } from './line'

export interface ThirdPartyWish {
  caseId: string
  agentId: string
  /** One of the directory, or a number that the agent has entered. */
  whom: Pick<DirectoryEntry, 'id' | 'name' | 'phone' | 'language'> | { phone: string }
}

interface Facts {
  agentId: string | null
  kind: CaseKind
  locale: string
  phones: string[]
  queueId: string | null
  policyVersion: number
  paused: boolean
  listed: boolean
  taken: boolean
}

/**
 * An agent adds somebody to their talk: the intent is written, and whoever carries it rings once.
 * @returns the third party's id
 * @throws ThirdPartyRefused
 */
export async function addThirdParty(db: Database, { caseId, agentId, whom }: ThirdPartyWish): Promise<string> {
  return inTransaction(db, async (tx) => {
    const facts = await factsOf(tx, caseId, whom.phone)
    if (facts?.agentId !== agentId) throw new ThirdPartyRefused('not_yours', 'This case is not in your hands.')
    const talk = await liveAttempt(tx, caseId, 'in_progress')
    if (!talk) throw new ThirdPartyRefused('conflict', 'Nobody is on the line in this case.')
    if (facts.taken) throw new ThirdPartyRefused('conflict', 'Somebody is being called already. Drop them first.')
    if (facts.paused) throw new ThirdPartyRefused('conflict', 'All dialling is stopped at the moment.')
    if (facts.phones.includes(whom.phone)) throw new ThirdPartyRefused('phone', 'this is a number of the payer or payee')
    const entry = 'id' in whom ? whom : undefined
    if (!entry) await demandNumber(tx, whom.phone, facts, talk.attemptId)
    const { reference: script } = await scriptInForce(tx, facts.kind, entry?.language ?? facts.locale)
    const numbers: CallerNumber[] = (await callerNumbers(tx)).numbers
    const fromNumber = chooseCallerNumber(numbers, whom.phone, facts.queueId)?.phone ?? null
    const id = `third_${randomUUID()}`
    const name: ThirdPartyName | null = entry?.name ?? null
    await tx.$executeRaw`
      INSERT INTO third_party (id, case_id, attempt_id, agent_id, entry_id, name, phone, from_number, script)
      VALUES (${id}, ${caseId}, ${talk.attemptId}, ${agentId}, ${entry?.id ?? null}, ${name && JSON.stringify(name)}::jsonb, ${whom.phone}, ${fromNumber}, ${script})`
    const number = maskPhone(whom.phone)
    await appendEvents(tx, caseId, [
      { type: 'third_party_added', actor: `agent:${agentId}`, data: { ...about({ id, name, phone: whom.phone }), number, agentId, entryId: entry?.id ?? null, script } },
    ])
    return id
  })
}

/** A number of the directory was chosen by who keeps it; one that was entered must be allowed, and must not have asked to be left alone. */
async function demandNumber(tx: Sql, phone: string, facts: Facts, attemptId: string): Promise<void> {
  const [talk] = await tx.$queryRaw<{ phone: string }[]>`SELECT phone FROM attempt WHERE id = ${attemptId}`
  const { thirdParty } = await policyVersion(tx, facts.policyVersion)
  const refused = refusedNumber(phone, thirdParty, talk?.phone ?? '') ?? (facts.listed ? 'this number asked not to be called' : undefined)
  if (refused) throw new ThirdPartyRefused('phone', refused)
}

/** All that is to be known before somebody is added, with the case locked. */
async function factsOf(tx: Sql, caseId: string, phone: string): Promise<Facts | undefined> {
  const [facts] = await tx.$queryRaw<Facts[]>`
    SELECT c.agent_id AS "agentId", c.kind, c.locale, c.queue_id AS "queueId", c.policy_version AS "policyVersion",
      ARRAY(SELECT jsonb_array_elements_text(c.payer->'phones') UNION SELECT a.phone FROM attempt a WHERE a.case_id = c.id) AS phones,
      coalesce(d.paused, false) AS paused,
      EXISTS (SELECT 1 FROM do_not_call WHERE phone = ${phone}) AS listed,
      EXISTS (SELECT 1 FROM third_party t WHERE t.case_id = c.id AND t.ended_at IS NULL) AS taken
    FROM risk_case c LEFT JOIN dialling_control d ON d.id = 1 WHERE c.id = ${caseId} FOR UPDATE OF c`
  return facts
}
