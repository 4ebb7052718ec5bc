import twilio from 'twilio'
import { z } from 'zod'
import { endpoint, type Endpoint } from '../endpoint'
import { time } from '../views/time'
import type { DeskDeps } from './desk'

const { AccessToken } = twilio.jwt

/** Long enough for a shift's longest call, far below Twilio's 24 hours. */
const lifetimeSeconds = 3_600

const softphoneSchema = z
  .discriminatedUnion('provider', [
    z.object({ provider: z.literal('local'), url: z.string(), token: z.string(), expiresAt: time }),
    z.object({ provider: z.literal('twilio'), token: z.string(), expiresAt: time }),
  ])
  .meta({ id: 'Softphone' })
export type SoftphoneAccess = z.output<typeof softphoneSchema>

export function softphoneEndpoints({ gate, configuration }: DeskDeps): Endpoint[] {
  const { accountSid, apiKeySid, apiKeySecret, twimlAppSid, softphoneUrl } = configuration.telephony
  return [
    endpoint({
      method: 'get',
      path: '/v1/desk/softphone',
      tag: 'desk',
      summary: 'How the browser’s telephone connects',
      description: 'A Twilio access token whose identity is the agent. After accepting an offer the browser connects with the parameter `caseId`.',
      access: gate.staff('agent', 'supervisor'),
      answers: { 200: { description: 'A local edge, or Twilio itself.', schema: softphoneSchema } },
      handle({ caller }) {
        const token = new AccessToken(accountSid, apiKeySid, apiKeySecret, { identity: caller.id, ttl: lifetimeSeconds })
        token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: twimlAppSid, incomingAllow: true }))
        const access = { token: token.toJwt(), expiresAt: new Date(Date.now() + lifetimeSeconds * 1_000).toISOString() }
        return softphoneUrl ? { provider: 'local', url: softphoneUrl, ...access } : { provider: 'twilio', ...access }
      },
    }),
  ]
}
