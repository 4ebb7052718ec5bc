import type { Database } from '../../records/database'

const staffActor = /^(?:agent|supervisor|compliance|admin):(.+)$/

/** The id of the member of staff who is this actor of the records; undefined for a payer, the provider, a part of ours. */
export function staffIdOf(actor: string | null): string | undefined {
  return actor === null ? undefined : staffActor.exec(actor)?.[1]
}

/** The names of staff by their ids; an id that is nobody's has none. */
export async function staffNames(db: Database, ids: Iterable<string | null | undefined>): Promise<Record<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id != null)
  if (wanted.length === 0) return {}
  const people = await db.staffUser.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  return Object.fromEntries(people.map(({ id, name }) => [id, name]))
}
