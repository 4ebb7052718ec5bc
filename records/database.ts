import { Prisma, type PrismaClient } from '../generated/prisma/client'

export type Database = PrismaClient
export type Transaction = Prisma.TransactionClient

/**
 * A transaction with room for a slow disk; Prisma's own limit of 5 s would undo work under load. One that
 * PostgreSQL undid for another one's sake is done again, so `work` must touch nothing but the database.
 */
export async function transact<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await db.$transaction(work, { maxWait: 10_000, timeout: 15_000 })
    } catch (error) {
      if (!lostToAnother(error) || turn === 3) throw error
    }
  }
}

/** A deadlock or a serialization failure: nothing was written, and the same again may well succeed. */
function lostToAnother(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  return error.code === 'P2034' || (error.code === 'P2010' && /40P01|40001/.test(error.message))
}
