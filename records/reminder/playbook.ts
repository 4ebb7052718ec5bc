import { scamTypes, type ScamType } from '../../domain/money'
import { defaultPlaybook } from '../../domain/reminder/defaultPlaybook'
import { playbookSchema, type Playbook } from '../../domain/reminder/playbook'
import { newestArrangement, recordArrangement } from '../arrangements'
import type { Database, Transaction } from '../database'

/** All versions of the playbook have this subject. */
export const playbookSubject = 'scams'

export interface VersionedPlaybook {
  version: number
  body: Playbook
}

/** The newest playbook; version 0 is the one that comes with the product. */
export async function currentPlaybook(db: Pick<Database, 'arrangementVersion'>): Promise<VersionedPlaybook> {
  const newest = await newestArrangement(db, 'playbook', playbookSubject)
  return newest ? { version: newest.version, body: playbookSchema.parse(newest.body) } : { version: 0, body: defaultPlaybook }
}

export interface PlaybookEffects {
  /** Talks under way, whose agents have the new questions at their next look. */
  talks: number
  /** Types of scam that no answer leads to: agents cannot find them by the questions. */
  unreachable: ScamType[]
}

/** @throws OutdatedArrangement when somebody else changed it since it was read */
export async function changePlaybook(
  tx: Transaction,
  { body, since, actor }: { body: Playbook; since: number; actor: string },
): Promise<VersionedPlaybook & { effects: PlaybookEffects }> {
  const version = await recordArrangement(tx, { kind: 'playbook', subject: playbookSubject, body, actor, since })
  const talks = await tx.riskCase.count({ where: { kind: 'answer_reminder', status: { not: 'closed' }, agentId: { not: null } } })
  const found = new Set(body.questions.flatMap(({ answers }) => answers.map(({ scam }) => scam)))
  return { version, body, effects: { talks, unreachable: scamTypes.filter((type) => type !== 'other' && !found.has(type)) } }
}
