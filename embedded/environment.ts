import path from 'node:path'
import type { StartConfiguration } from './configuration'
import type { Secrets } from './secrets'

/** The account's own number: of the range kept for fiction, so that it can be nobody's. */
const demoNumber = '+12025550142'

export interface Addresses {
  databaseUrl: string
  /** Absent when Temporal is a real one, whose settings are in the environment already. */
  temporalAddress?: string
}

/** What the API and the worker are started with: what was given, and the embedded or simulated parts for the rest. */
export function productEnvironment(given: NodeJS.ProcessEnv, start: StartConfiguration, secrets: Secrets, at: Addresses): NodeJS.ProcessEnv {
  const simulator = simulatorUrl(start)
  return {
    ...given,
    PORT: String(start.port),
    DATA_DIR: start.dataDir,
    PUBLIC_BASE_URL: start.publicBaseUrl,
    DATABASE_URL: at.databaseUrl,
    SESSION_SECRET: given.SESSION_SECRET || secrets.sessionSecret,
    PAYLOAD_KEYS: given.PAYLOAD_KEYS || secrets.payloadKeys,
    TWILIO_CALLS_PER_SECOND: start.callsPerSecond,
    ...(at.temporalAddress ? embeddedTemporal(at.temporalAddress, start.dataDir) : {}),
    ...(start.real.telephony
      ? {}
      : {
          TWILIO_ACCOUNT_SID: secrets.accountSid,
          TWILIO_AUTH_TOKEN: secrets.authToken,
          TWILIO_FROM_NUMBER: demoNumber,
          TWILIO_API_KEY_SID: secrets.apiKeySid,
          TWILIO_API_KEY_SECRET: secrets.apiKeySecret,
          TWILIO_TWIML_APP_SID: secrets.twimlAppSid,
          TWILIO_API_BASE_URL: simulator,
          SOFTPHONE_URL: simulator,
        }),
    ...(start.real.funds
      ? {}
      : {
          FUNDS_URL: `${simulator}/funds`,
          FUNDS_TOKEN: secrets.fundsToken,
          FUNDS_WEBHOOK_SECRET: secrets.fundsWebhookSecret,
        }),
    ...(start.real.events
      ? {}
      : {
          RISK_EVENTS_URL: `${simulator}/sim/risk-engine/events`,
          RISK_EVENTS_SECRET: secrets.eventsSecret,
        }),
  }
}

/** The simulator stands outside the product: it gets its own settings and none of the product's secrets. */
export function simulatorEnvironment(given: NodeJS.ProcessEnv, start: StartConfiguration, secrets: Secrets): NodeJS.ProcessEnv {
  const ordinary = Object.entries(given).filter(([name]) => !/^(DATABASE_URL|SESSION_SECRET|PAYLOAD_KEYS)$|^(TEMPORAL|TWILIO|FUNDS|RISK_EVENTS|OIDC)_/.test(name))
  return {
    ...Object.fromEntries(ordinary),
    SIMULATOR_PORT: String(start.simulatorPort),
    DATA_DIR: path.join(start.dataDir, 'simulator'),
    SIMULATOR_ACCOUNT_SID: secrets.accountSid,
    SIMULATOR_AUTH_TOKEN: secrets.authToken,
    SIMULATOR_API_KEY_SID: secrets.apiKeySid,
    SIMULATOR_API_KEY_SECRET: secrets.apiKeySecret,
    SIMULATOR_NUMBERS: given.SIMULATOR_NUMBERS || demoNumber,
    SIMULATOR_VOICE_URL: `${start.publicBaseUrl}/telephony/inbound`,
    SIMULATOR_TWIML_APP_SID: secrets.twimlAppSid,
    SIMULATOR_TWIML_APP_URL: `${start.publicBaseUrl}/telephony/agent`,
    SIMULATOR_CALLS_PER_SECOND: given.SIMULATOR_CALLS_PER_SECOND || start.callsPerSecond,
    SIMULATOR_FUNDS_TOKEN: secrets.fundsToken,
    SIMULATOR_FUNDS_WEBHOOK_SECRET: secrets.fundsWebhookSecret,
    SIMULATOR_FUNDS_CONFIRMATION_URL: `${start.publicBaseUrl}/v1/ledger/confirmations`,
    SIMULATOR_EVENTS_SECRET: secrets.eventsSecret,
    SIMULATOR_PRODUCT_URL: start.publicBaseUrl,
    SIMULATOR_PAYER_KEY: secrets.payerKey,
  }
}

export function simulatorUrl({ simulatorPort }: StartConfiguration): string {
  return `http://127.0.0.1:${simulatorPort}`
}

function embeddedTemporal(address: string, dataDir: string): NodeJS.ProcessEnv {
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: 'default',
    // A profile for somebody's cloud in the home folder must not lend its key and TLS to the embedded server.
    TEMPORAL_CONFIG_FILE: path.join(dataDir, 'temporal', 'client.toml'),
    TEMPORAL_PROFILE: '',
  }
}
