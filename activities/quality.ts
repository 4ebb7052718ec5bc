import { Context } from '@temporalio/activity'
import { agentsOf, alwaysReviewed, chooseCall, closeWeek, drawAgent, openWeeks, type CallToReview } from '../records/quality/sampling'
import { currentPolicy } from '../records/policy'
import type { ActivityDependencies } from './dependencies'

const actor = 'system:quality'

export function createQualityActivities({ db, log }: ActivityDependencies) {
  async function choose(calls: CallToReview[]): Promise<number> {
    let chosen = 0
    for (const call of calls) {
      if (await chooseCall(db, call, actor)) chosen++
      Context.current().heartbeat()
    }
    return chosen
  }

  return {
    /**
     * Chooses the calls that are to be reviewed, by the lots of the weeks that are open and by what went wrong.
     * Doing it again, or after having been away, chooses the same.
     * @returns how many it has chosen
     */
    async chooseReviews(): Promise<number> {
      const now = new Date()
      let chosen = await choose(await alwaysReviewed(db, (await currentPolicy(db)).body.quality))
      for (const week of await openWeeks(db, now)) {
        for (const agentId of await agentsOf(db, week.week)) chosen += await choose(await drawAgent(db, week, agentId, now))
        await closeWeek(db, week, now)
      }
      if (chosen > 0) log.info({ chosen }, 'calls chosen for review')
      return chosen
    },
  }
}
