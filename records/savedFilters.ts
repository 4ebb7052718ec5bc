import { randomUUID } from 'node:crypto'
import { Prisma } from '../generated/prisma/client'
import type { Database } from './database'

export interface SavedFilter {
  id: string
  name: string
  filter: Record<string, string>
  shared: boolean
  owner: { id: string; name: string }
}

export interface FilterToSave {
  name: string
  filter: Record<string, string>
  shared: boolean
}

/** This person has a filter of that name already. */
export class NameTaken extends Error {}

/** One's own and those that others share, by name. */
export async function savedFiltersFor(db: Database, userId: string): Promise<SavedFilter[]> {
  const rows = await db.savedFilter.findMany({
    where: { OR: [{ ownerId: userId }, { shared: true }] },
    include: { owner: { select: { id: true, name: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, name, filter, shared, owner }) => ({ id, name, filter: filter as Record<string, string>, shared, owner }))
}

/** @throws NameTaken */
export async function saveFilter(db: Database, ownerId: string, saved: FilterToSave): Promise<string> {
  const id = `filter_${randomUUID().replaceAll('-', '')}`
  await orTaken(db.savedFilter.create({ data: { id, ownerId, ...saved } }))
  return id
}

/**
 * Only their owner changes a filter.
 * @returns whether there is such a filter of theirs
 * @throws NameTaken
 */
export async function changeFilter(db: Database, ownerId: string, id: string, saved: FilterToSave): Promise<boolean> {
  const { count } = await orTaken(db.savedFilter.updateMany({ where: { id, ownerId }, data: { ...saved } }))
  return count === 1
}

/** @returns whether there was such a filter of theirs */
export async function forgetFilter(db: Database, ownerId: string, id: string): Promise<boolean> {
  const { count } = await db.savedFilter.deleteMany({ where: { id, ownerId } })
  return count === 1
}

async function orTaken<Result>(writing: Promise<Result>): Promise<Result> {
  try {
    return await writing
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new NameTaken()
    throw error
  }
}
