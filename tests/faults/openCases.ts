import { readCase } from './evidence'
import { pause, type World } from './world'

/** Which cases the product has not closed yet, asked again and again. */
export interface OpenCases {
  add(caseId: string): void
  readonly count: number
  /** Ever. */
  readonly begun: number
  /** Runs until the world is over. */
  watch(world: World): Promise<void>
}

export function createOpenCases(): OpenCases {
  const open = new Set<string>()
  const ever = new Set<string>()
  return {
    // A case that is flagged again may be one that was closed in the meantime; looking once more does no harm.
    add(caseId) {
      ever.add(caseId)
      open.add(caseId)
    },
    get begun() {
      return ever.size
    },
    get count() {
      return open.size
    },
    async watch(world) {
      while (!world.over.aborted) {
        for (const caseId of open) {
          const one = await readCase(world, caseId).catch(() => undefined)
          if (one?.status === 'closed') open.delete(caseId)
        }
        await pause(1_000, world.over)
      }
    },
  }
}
