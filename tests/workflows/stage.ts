import { startTimeSkipping } from '../support/timeSkipping'
import { runWorkers } from '../support/workers'
import { createClock } from './clock'
import { createPretendActivities } from './pretendActivities'
import { Scene, type Script } from './scene'

// A story takes a second, on a machine that has other things to do perhaps many.
jest.setTimeout(90_000)

export type Stage = Awaited<ReturnType<typeof startStage>>

/** A server with a clock that jumps, and workers whose workflows are real and whose activities are pretended. */
export async function startStage() {
  const { environment, stop } = await startTimeSkipping()
  const clock = createClock(environment)
  const scenes = new Map<string, Scene>()
  const sceneOf = (id: string): Scene => {
    const scene = scenes.get(id.replace(/^case-(.*)-\d+$/, '$1'))
    if (!scene) throw new Error(`no scene has ${id}`)
    return scene
  }
  const workers = await runWorkers(environment.nativeConnection, createPretendActivities(sceneOf))

  return {
    environment,
    /** A new payer, with nothing recorded yet. */
    async scene(script: Script = {}): Promise<Scene> {
      const payerId = `payer-${scenes.size + 1}`
      const scene = new Scene(environment, clock, payerId, script, await clock.now())
      scenes.set(payerId, scene)
      return scene
    },
    async stop(): Promise<void> {
      await clock.runOut()
      await workers.stop()
      await stop()
    },
  }
}
