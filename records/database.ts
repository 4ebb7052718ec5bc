import type { Prisma, PrismaClient } from '../generated/prisma/client'

export type Database = PrismaClient
export type Transaction = Prisma.TransactionClient

/** A transaction with room for a slow disk; Prisma's own limit of 5 s would undo work under load. */
export function transact<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.$transaction(work, { maxWait: 10_000, timeout: 15_000 })
}
