import type { Directory, DirectoryEntry } from '../domain/thirdParty/directory'
import type { Sql } from './database'

/** The whole directory is one arrangement, so that a change is seen whole. */
export const directorySubject = 'all'

/** Whom agents may add to a talk, at the newest version; 0 before the first. */
export async function directory(tx: Sql): Promise<{ version: number; entries: DirectoryEntry[] }> {
  const [newest] = await tx.$queryRaw<{ version: number; body: Directory }[]>`
    SELECT version, body FROM arrangement_version WHERE kind = 'directory' AND subject = ${directorySubject} ORDER BY version DESC LIMIT 1`
  return { version: newest?.version ?? 0, entries: newest?.body.entries ?? [] }
}
