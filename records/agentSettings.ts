import type { StaffUser } from '../generated/prisma/client'
import { recordArrangement } from './arrangements'
import type { Transaction } from './database'
import { withReach, type ReachChange } from './reach'

/** What an agent may be given. */
export type AgentSettings = {
  /** Each with a level from 1 to 5. */
  skills: Record<string, number>
  languages: string[]
  /** Ids. */
  teams: string[]
  /** Chats at once; null: as many as policy says. */
  chatLimit: number | null
}

export function agentSettings({ skills, skillLevels, languages, teamIds, chatLimit }: StaffUser): AgentSettings {
  const levels = skillLevels as Record<string, number>
  return { skills: Object.fromEntries(skills.map((skill) => [skill, levels[skill] ?? 1])), languages, teams: teamIds, chatLimit }
}

/**
 * Puts an agent's skills, languages and teams in force.
 * @throws OutdatedArrangement when somebody else changed them since they were read
 */
export async function arrangeAgent(
  tx: Transaction,
  { user, settings, actor, since }: { user: StaffUser; settings: AgentSettings; actor: string; since: number },
): Promise<{ version: number; queues: ReachChange[] }> {
  const was = { body: agentSettings(user), at: user.createdAt }
  const version = await recordArrangement(tx, { kind: 'agent', subject: user.id, body: settings, actor, since, was })
  const { skills, languages, teams, chatLimit } = settings
  const { queues } = await withReach(tx, () =>
    tx.staffUser.update({ where: { id: user.id }, data: { skills: Object.keys(skills), skillLevels: skills, languages, teamIds: teams, chatLimit } }),
  )
  return { version, queues }
}
