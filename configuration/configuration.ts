import { z } from 'zod'
import { phoneNumber } from '../domain/flag'
import { roles } from '../domain/roles'
import { halfSetGroups } from './groups'
import { payloadKeys } from './payloadKeys'
import { issuer, roleMapping, type SingleSignOn } from './singleSignOn'
import { temporalAddress } from './temporal'

/** A setting is missing or wrong. The message is meant for the operator's eyes, one sentence per fault. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError'
  constructor(readonly faults: string[]) {
    super(faults.join('\n'))
  }
}

const port = z.coerce.number().int().min(0).max(65_535)
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https address' }).transform((url) => url.replace(/\/+$/, ''))
const versionName = z.string().regex(/^[\w-][\w.-]{0,99}$/, 'expected letters, digits, dots and dashes')
const webhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, 'expected a Standard Webhooks secret, whsec_ and then base64')
const twilioSid = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i'), `expected ${prefix} and 32 hexadecimal digits`)

const environmentSchema = z.object({
  PORT: port.default(3000),
  /** Where the worker serves its metrics; absent: nowhere. */
  WORKER_METRICS_PORT: port.optional(),
  WORKER_DEPLOYMENT_NAME: versionName.optional(),
  WORKER_BUILD_ID: versionName.optional(),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PUBLIC_BASE_URL: httpUrl.optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected a postgresql:// address' }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  TWILIO_ACCOUNT_SID: twilioSid('AC'),
  TWILIO_AUTH_TOKEN: z.string().min(1),
  TWILIO_FROM_NUMBER: phoneNumber,
  TWILIO_API_KEY_SID: twilioSid('SK'),
  TWILIO_API_KEY_SECRET: z.string().min(1),
  TWILIO_TWIML_APP_SID: twilioSid('AP'),
  TWILIO_CALLS_PER_SECOND: z.coerce.number().positive().max(1_000).default(1),
  TWILIO_API_BASE_URL: httpUrl.optional(),
  SOFTPHONE_URL: z
    .url({ protocol: /^(https?|wss?)$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  FUNDS_URL: httpUrl,
  FUNDS_TOKEN: z.string().min(1),
  FUNDS_WEBHOOK_SECRET: webhookSecret,
  RISK_EVENTS_URL: httpUrl.optional(),
  RISK_EVENTS_SECRET: webhookSecret.optional(),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_SCOPES: z
    .string()
    .regex(/^openid( |$)/, 'expected scopes with a space between them, the first of them openid')
    .default('openid profile email'),
  OIDC_ROLE_CLAIM: z.string().min(1).default('roles'),
  OIDC_ROLES: roleMapping.default(() => new Map(roles.map((role) => [role, role]))),
  PASSWORD_SIGN_IN: z.enum(['on', 'off']).default('on'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  SESSION_SECRET: z.string().min(32, 'expected at least 32 characters, from a random source'),
  PAYLOAD_KEYS: payloadKeys,
})

export type Configuration = ReturnType<typeof readConfiguration>

/**
 * Everything the API and the worker are told from outside, read once at start.
 * @throws ConfigurationError with a sentence for each setting that is missing, half-set or wrong.
 */
export function readConfiguration(environment: NodeJS.ProcessEnv) {
  // An empty variable, as compose files leave behind, means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const halves = halfSetGroups(given)
  if (halves.length > 0) throw new ConfigurationError(halves)

  const read = environmentSchema.safeParse(given)
  if (!read.success) throw new ConfigurationError(read.error.issues.map((issue) => sentence(issue, given)))

  const env = read.data
  const singleSignOn = singleSignOnOf(env)
  if (env.PASSWORD_SIGN_IN === 'off' && !singleSignOn)
    throw new ConfigurationError(['PASSWORD_SIGN_IN is off, but OIDC_ISSUER is not set: nobody could sign in.'])
  const publicBaseUrl = env.PUBLIC_BASE_URL ?? `http://127.0.0.1:${env.PORT}`
  const https = publicBaseUrl.startsWith('https:')
  return {
    port: env.PORT,
    /** The address to listen on; we speak plain HTTP, so the default is this machine alone. */
    host: env.HOST,
    workerMetricsPort: env.WORKER_METRICS_PORT,
    /** Which release this worker is, for Temporal's Worker Versioning; absent: not versioned. */
    workerVersion: env.WORKER_DEPLOYMENT_NAME && env.WORKER_BUILD_ID ? { deploymentName: env.WORKER_DEPLOYMENT_NAME, buildId: env.WORKER_BUILD_ID } : undefined,
    dataDir: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
    publicBaseUrl,
    https,
    // We speak plain HTTP, so an https address in public means that one proxy stands before us.
    trustedProxies: env.TRUSTED_PROXIES ?? (https ? 1 : 0),
    database: { url: env.DATABASE_URL, poolSize: env.DATABASE_POOL_SIZE },
    temporal: temporalAddress(given),
    telephony: {
      accountSid: env.TWILIO_ACCOUNT_SID,
      authToken: env.TWILIO_AUTH_TOKEN,
      fromNumber: env.TWILIO_FROM_NUMBER,
      apiKeySid: env.TWILIO_API_KEY_SID,
      apiKeySecret: env.TWILIO_API_KEY_SECRET,
      twimlAppSid: env.TWILIO_TWIML_APP_SID,
      callsPerSecond: env.TWILIO_CALLS_PER_SECOND,
      /** Absent: Twilio's own address. */
      apiBaseUrl: env.TWILIO_API_BASE_URL,
      /** A local softphone edge; absent: the browser uses the Twilio Voice SDK. */
      softphoneUrl: env.SOFTPHONE_URL,
    },
    funds: { url: env.FUNDS_URL, token: env.FUNDS_TOKEN, webhookSecret: env.FUNDS_WEBHOOK_SECRET },
    /** Where the risk engine hears of outcomes; absent: it asks `GET /v1/cases` instead. */
    events: env.RISK_EVENTS_URL && env.RISK_EVENTS_SECRET ? { url: env.RISK_EVENTS_URL, secret: env.RISK_EVENTS_SECRET } : undefined,
    /** The identity provider that people sign in with; absent: passwords of our own. */
    singleSignOn,
    passwordSignIn: env.PASSWORD_SIGN_IN === 'on',
    /** Where traces go; absent: nowhere. */
    tracing: env.OTEL_EXPORTER_OTLP_ENDPOINT ? { endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, share: env.OTEL_TRACES_SAMPLER_ARG } : undefined,
    sessionSecret: env.SESSION_SECRET,
    /** The first encrypts, all decrypt. */
    payloadKeys: env.PAYLOAD_KEYS,
  }
}

function singleSignOnOf(env: z.output<typeof environmentSchema>): SingleSignOn | undefined {
  if (!env.OIDC_ISSUER || !env.OIDC_CLIENT_ID || !env.OIDC_CLIENT_SECRET) return undefined
  return {
    issuer: env.OIDC_ISSUER,
    clientId: env.OIDC_CLIENT_ID,
    clientSecret: env.OIDC_CLIENT_SECRET,
    scopes: env.OIDC_SCOPES,
    roleClaim: env.OIDC_ROLE_CLAIM,
    roles: env.OIDC_ROLES,
  }
}

// Never the value itself: it may be a secret, and start-up errors end up in logs.
function sentence(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0])
  if (!(name in given)) return `${name} is not set; \`npm start\` sets it for the parts it brings along.`
  return `${name} is not usable: ${issue.message.replace(/^./, (letter) => letter.toLowerCase())}.`
}
