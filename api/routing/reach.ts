import { z } from 'zod'

/** Whose cases more or fewer agents may have by a change, counted at each queue's widest. */
export const reachSchema = z
  .array(
    z.object({
      queueId: z.string().nullable().meta({ description: 'null: cases that no queue takes' }),
      name: z.string().nullable(),
      waiting: z.int().meta({ description: 'cases that wait there now' }),
      agentsBefore: z.int(),
      agentsAfter: z.int(),
    }),
  )
  .meta({ id: 'ReachChanges' })
export type ReachView = z.output<typeof reachSchema>
