import type { ActivityInterceptorsFactory } from '@temporalio/worker'

const everyMillis = 3_000

/**
 * Beats for every activity as long as it runs. Temporal notices a dead worker by the silence, within the
 * activity's heartbeat timeout, and gives its work to another one: a ring that is owed within three
 * minutes cannot wait for the longest time that an activity might take. Short ones never beat.
 */
export const heartbeat: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const beating = setInterval(() => context.heartbeat(), everyMillis)
      try {
        return await next(input)
      } finally {
        clearInterval(beating)
      }
    },
  },
})
