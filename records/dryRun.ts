import { transact, type Database, type Transaction } from './database'

class OnlyAsked extends Error {
  constructor(readonly answer: unknown) {
    super('nothing was changed')
  }
}

/** Does the work, takes it all back, and tells what it came to: what a change will do is told by the change itself. */
export async function dryRun<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await transact(db, async (tx) => {
      throw new OnlyAsked(await work(tx))
    })
  } catch (error) {
    if (error instanceof OnlyAsked) return error.answer as T
    throw error
  }
}
