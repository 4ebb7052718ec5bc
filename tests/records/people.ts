import type { Database } from '../../records/database'
import { setPresence } from '../../records/presence'

/** Agents who are signed in and available, longest first. */
export async function availableAgents(db: Database, count: number, prefix = 'agent'): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`)
  await db.staffUser.createMany({
    data: ids.map((id) => ({ id, email: `${id}@demo.example`, name: id, passwordHash: 'none', role: 'agent', languages: ['zh-CN'] })),
    skipDuplicates: true,
  })
  for (const id of ids) await setPresence(db, id, { status: 'available' })
  return ids
}
