import { z } from 'zod'
import { freeText } from '../../domain/text'
import type { Database } from '../../records/database'
import { answerReview } from '../../records/quality/reviews'
import type { Gate } from '../access/access'
import { actorOf } from '../access/caller'
import { endpoint, type Endpoint } from '../endpoint'
import { reviewParams } from '../views/ids'
import { inWords } from './reviews'
import { ownReviewView } from './shapes'
import { namesIn, ownReview, storedReview } from './view'

const tag = 'desk'
const shown = 100
const answered = {
  204: { description: 'Noted.' },
  404: { description: 'There is no such review of a call of yours.' },
  409: { description: 'It was answered already.' },
}

/** What agents read of their own calls' reviews, and say to them. */
export function ownReviewEndpoints({ db, gate }: { db: Database; gate: Gate }): Endpoint[] {
  const access = gate.staff('agent', 'supervisor')
  return [
    endpoint({
      method: 'get',
      path: '/v1/desk/reviews',
      tag,
      summary: 'The reviews of your own calls',
      description: 'Submitted ones, the newest first, at most 100, with every version.',
      access,
      answers: { 200: { description: 'Your reviews.', schema: z.object({ reviews: z.array(ownReviewView) }) } },
      async handle({ caller }) {
        const rows = await db.callReview.findMany({
          where: { agentId: caller.id, calibrates: null, submittedAt: { not: null } },
          include: storedReview,
          orderBy: { submittedAt: 'desc' },
          take: shown,
        })
        const names = await namesIn(db, rows)
        return { reviews: await Promise.all(rows.map((row) => ownReview(db, row, names))) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/reviews/:reviewId/acknowledge',
      tag,
      summary: 'Say that you have read a review of your call',
      access,
      params: reviewParams,
      answers: answered,
      handle: async ({ caller, params: { reviewId } }) => answerReview(db, reviewId, caller.id, { disputed: false, actor: actorOf(caller) }).catch(inWords),
    }),
    endpoint({
      method: 'post',
      path: '/v1/desk/reviews/:reviewId/dispute',
      tag,
      summary: 'Say why a review of your call is not right',
      description: 'A second reviewer settles it.',
      access,
      params: reviewParams,
      body: z.strictObject({ comment: freeText(2_000).min(3) }),
      bodyExample: { comment: 'I did ask who the payee was, at the very beginning.' },
      answers: answered,
      handle: async ({ caller, params: { reviewId }, body: { comment } }) =>
        answerReview(db, reviewId, caller.id, { disputed: true, comment, actor: actorOf(caller) }).catch(inWords),
    }),
  ]
}
