import type { TestWorkflowEnvironment } from '@temporalio/testing'

export type Clock = ReturnType<typeof createClock>

/**
 * Events at moments of skipped time. The server's clock stands still while one of them happens, so that
 * what it does is done at its moment and not after the next timer.
 */
export function createClock({ connection }: TestWorkflowEnvironment) {
  const server = connection.testService!
  const faults: unknown[] = []
  const coming = new Set<Promise<void>>()
  return {
    /** What went wrong in an event since it was last asked. */
    faults: () => faults.splice(0),

    async now(): Promise<number> {
      const { time } = await server.getCurrentTime({})
      return Number(time!.seconds) * 1_000 + (time!.nanos ?? 0) / 1_000_000
    },

    /** Resolves when the event is arranged: time goes on only after that. */
    async after(seconds: number, event: () => Promise<unknown> | void): Promise<void> {
      await server.lockTimeSkipping({})
      // Gives our lock back for as long as it sleeps, and takes it again in the moment in which it wakes.
      const duration = { seconds: Math.floor(seconds) as never, nanos: Math.round((seconds % 1) * 1e9) }
      const happened = (async () => {
        await server.unlockTimeSkippingWithSleep({ duration })
        try {
          await event()
        } catch (error) {
          faults.push(error)
        }
        await server.unlockTimeSkipping({})
      })()
      coming.add(happened)
      happened.catch((error: unknown) => faults.push(error)).finally(() => coming.delete(happened))
    },

    /** Lets the time pass in which events are still to come. */
    async runOut(): Promise<void> {
      await server.unlockTimeSkipping({})
      while (coming.size > 0) await Promise.all(coming)
      await server.lockTimeSkipping({})
    },
  }
}
