import { z } from 'zod'

/** Ids in addresses. What could never be one is answered like one that does not exist. */
const id = z.string().regex(/^[\w.:@-]{1,128}$/)

export const caseParams = z.object({ caseId: id })
export const approvalParams = z.object({ approvalId: id })
export const fileParams = z.object({ caseId: id, fileId: id })
export const paymentParams = z.object({ paymentId: id })
export const offerParams = z.object({ offerId: id })
export const queueParams = z.object({ queueId: id })
export const teamParams = z.object({ teamId: id })
export const userParams = z.object({ userId: id })
export const sessionParams = z.object({ sessionId: id })
export const keyParams = z.object({ keyId: id })
export const eventParams = z.object({ eventId: id })
export const filterParams = z.object({ filterId: id })
export const scorecardParams = z.object({ scorecardId: id })
export const reviewParams = z.object({ reviewId: id })
export const recordingParams = z.object({ recordingSid: z.string().regex(/^RE[0-9a-f]{32}$/) })
