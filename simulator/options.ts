import path from 'node:path'
import { z } from 'zod'
import type { Account } from './account'

/** What a simulator needs to know; everything else has a default that suits tests. */
export interface SimulatorOptions {
  /** Holds the journal. */
  dataDir: string
  account: Account
  callsPerSecond?: number
  /** How much faster than ours time passes for speech, ringing and waiting. */
  speed?: number
  funds?: {
    token: string
    /** Where later confirmations go, and the `whsec_…` secret that signs them. */
    confirmationUrl?: string | null
    webhookSecret?: string | null
  }
  /** Where the demo wallet finds the product, and the key (scope `payer`) that it shows. */
  product?: { url: string; payerKey: string }
  /** Verifies the events that the risk engine's ear receives. */
  eventsSecret?: string | null
  softphoneGraceMs?: number
  logLevel?: string
}

const sid = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `must be ${prefix} and 32 hexadecimal digits`)
const address = z.string().refine((text) => /^https?:/.test(text) && URL.canParse(text), 'must be an http(s) URL')
const secret = z.string().regex(/^whsec_/, 'must start with whsec_')

const environment = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: z.string().default('info'),
  SIMULATOR_ACCOUNT_SID: sid('AC'),
  SIMULATOR_AUTH_TOKEN: z.string().min(1),
  SIMULATOR_API_KEY_SID: sid('SK'),
  SIMULATOR_API_KEY_SECRET: z.string().min(1),
  SIMULATOR_NUMBERS: z.string().transform((list) =>
    list
      .split(',')
      .map((n) => n.trim())
      .filter(Boolean),
  ),
  SIMULATOR_VOICE_URL: address.optional(),
  SIMULATOR_TWIML_APP_SID: sid('AP').optional(),
  SIMULATOR_TWIML_APP_URL: address.optional(),
  SIMULATOR_CALLS_PER_SECOND: z.coerce.number().positive().max(1_000).default(1),
  SIMULATOR_SPEED: z.coerce.number().positive().max(10_000).default(1),
  SIMULATOR_FUNDS_TOKEN: z.string().min(1),
  SIMULATOR_FUNDS_WEBHOOK_SECRET: secret.optional(),
  SIMULATOR_FUNDS_CONFIRMATION_URL: address.optional(),
  SIMULATOR_EVENTS_SECRET: secret.optional(),
  SIMULATOR_PRODUCT_URL: address.optional(),
  SIMULATOR_PAYER_KEY: z.string().min(1).optional(),
})

/** The environment lacks something, or has something that cannot be. */
export class BadEnvironment extends Error {
  constructor(complaints: string[]) {
    super(`The simulator cannot start: ${complaints.join('; ')}.`)
    this.name = 'BadEnvironment'
  }
}

export function readEnvironment(env: NodeJS.ProcessEnv): { port: number; options: SimulatorOptions } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = environment.safeParse(given)
  if (!result.success) throw new BadEnvironment(result.error.issues.map((i) => `${i.path.join('.')} ${i.code === 'invalid_type' ? 'is missing' : i.message}`))
  const e = result.data
  return {
    port: e.SIMULATOR_PORT,
    options: {
      dataDir: path.resolve(e.DATA_DIR),
      account: {
        sid: e.SIMULATOR_ACCOUNT_SID,
        authToken: e.SIMULATOR_AUTH_TOKEN,
        apiKeySid: e.SIMULATOR_API_KEY_SID,
        apiKeySecret: e.SIMULATOR_API_KEY_SECRET,
        numbers: e.SIMULATOR_NUMBERS,
        voiceUrl: e.SIMULATOR_VOICE_URL ?? null,
        twimlAppSid: e.SIMULATOR_TWIML_APP_SID ?? null,
        twimlAppUrl: e.SIMULATOR_TWIML_APP_URL ?? null,
      },
      callsPerSecond: e.SIMULATOR_CALLS_PER_SECOND,
      speed: e.SIMULATOR_SPEED,
      funds: { token: e.SIMULATOR_FUNDS_TOKEN, confirmationUrl: e.SIMULATOR_FUNDS_CONFIRMATION_URL, webhookSecret: e.SIMULATOR_FUNDS_WEBHOOK_SECRET },
      eventsSecret: e.SIMULATOR_EVENTS_SECRET,
      ...(e.SIMULATOR_PRODUCT_URL && e.SIMULATOR_PAYER_KEY ? { product: { url: e.SIMULATOR_PRODUCT_URL, payerKey: e.SIMULATOR_PAYER_KEY } } : {}),
      logLevel: e.LOG_LEVEL,
    },
  }
}
