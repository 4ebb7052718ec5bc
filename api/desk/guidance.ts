import { z } from 'zod'
import { securityHoles } from '../../domain/security'
import { beginGuidanceFollowUp } from '../../providers/followUps'
import { recordGuidance } from '../../records/guidance'
import { endpoint, type Endpoint } from '../endpoint'
import { notFound } from '../problem'
import { caseParams } from '../views/ids'
import type { DeskDeps } from './desk'
import { heldCase } from './holding'

const patienceMillis = 5_000

export const adviceSchema = z.object({ advice: z.enum(securityHoles), agreed: z.boolean().meta({ description: 'the payer said that they will do it' }) })
const givenSchema = z
  .strictObject({ advice: z.array(z.strictObject(adviceSchema.shape)).max(securityHoles.length) })
  .refine(({ advice }) => new Set(advice.map((one) => one.advice)).size === advice.length, { path: ['advice'], error: 'expected each advice once' })
  .meta({ id: 'GuidanceGiven' })

export function guidanceEndpoints({ db, gate, temporal }: DeskDeps): Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/v1/desk/cases/:caseId/guidance',
      tag: 'desk',
      summary: 'Say what you advised, and what the payer agreed to',
      description: 'The whole list each time. The payer is sent the steps, and after a day and a week the payments core is asked whether the security rose.',
      access: gate.staff('agent', 'supervisor'),
      params: caseParams,
      body: givenSchema,
      bodyExample: { advice: [{ advice: 'digitalCertificate', agreed: true }] },
      answers: { 204: { description: 'On file.' }, 403: { description: 'The case is not in your hands.' }, 404: { description: 'There is no such case.' } },
      async handle({ caller, params, body }) {
        const { id: caseId } = await heldCase(db, caller.id, params.caseId)
        const plan = await recordGuidance(db, caseId, caller.id, body.advice)
        if (!plan) throw notFound('There is no such case.')
        // Recorded already; when Temporal is away the agent's desk sends it again.
        if (body.advice.length > 0) await temporal.withDeadline(Date.now() + patienceMillis, () => beginGuidanceFollowUp(temporal, plan))
      },
    }),
  ]
}
