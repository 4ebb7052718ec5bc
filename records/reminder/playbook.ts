import { defaultPlaybook } from '../../domain/reminder/defaultPlaybook'
import { playbookSchema, type Playbook } from '../../domain/reminder/playbook'
import type { Database } from '../database'

export interface VersionedPlaybook {
  version: number
  body: Playbook
}

/** The newest playbook; version 0 is the one that comes with the product. */
export async function currentPlaybook(db: Database): Promise<VersionedPlaybook> {
  const newest = await db.scamPlaybook.findFirst({ orderBy: { version: 'desc' } })
  return newest ? { version: newest.version, body: playbookSchema.parse(newest.body) } : { version: 0, body: defaultPlaybook }
}
