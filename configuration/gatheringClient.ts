import pg from 'pg'

/**
 * A connection that sends what is asked in one go as one packet: a write for each statement costs the processor, here
 * and at PostgreSQL, about as much as the statement does.
 */
export class GatheringClient extends pg.Client {
  private gathering = false

  override query(...asked: unknown[]): never {
    if (!this.gathering) this.gather()
    return (super.query as (...all: unknown[]) => never)(...asked)
  }

  /** Until whatever runs now has nothing more to ask. */
  private gather(): void {
    const { stream } = this.connection
    this.gathering = true
    stream.cork()
    process.nextTick(() => {
      this.gathering = false
      stream.uncork()
    })
  }
}
