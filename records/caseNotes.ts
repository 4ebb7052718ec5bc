import { sealed } from '../configuration/vault'
import { sqlOf, type Database } from './database'

/** An agent's own words on a case; the last ones stay. */
export async function saveNote(db: Database, caseId: string, agentId: string, text: string): Promise<void> {
  const words = sealed(text)
  await sqlOf(db).$executeRaw`
    INSERT INTO case_note (case_id, agent_id, text, updated_at) VALUES (${caseId}, ${agentId}, ${words}, now())
    ON CONFLICT (case_id, agent_id) DO UPDATE SET text = ${words}, updated_at = now()`
}
