import path from 'node:path'
import { halfSetGroups } from '../configuration/groups'
import { StartFailure } from './failure'

/** What the orchestrator itself must know. The rest of the environment goes to the parts, which check it. */
export interface StartConfiguration {
  port: number
  simulatorPort: number
  dataDir: string
  publicBaseUrl: string
  /** Calls per second of the account, for the product and for the simulated provider alike. */
  callsPerSecond: string
  /** Parts that configuration moved to real ones; the others are embedded or simulated. */
  real: { postgres: boolean; temporal: boolean; telephony: boolean; funds: boolean; events: boolean }
  /** 0 means any free port. */
  embeddedPorts: { postgres: number; temporal: number; temporalUi: number }
  temporalCliPath?: string
}

/**
 * @throws {StartFailure} one sentence for the first thing that is wrong
 */
export function readStartConfiguration(given: NodeJS.ProcessEnv): StartConfiguration {
  const half = [...halfSetGroups(given), ...halfSetTemporal(given)]
  if (half.length > 0) throw new StartFailure(half.join('\n'))
  const port = readPort(given, 'PORT', 3000)
  const real = {
    postgres: Boolean(given.DATABASE_URL),
    temporal: Boolean(given.TEMPORAL_ADDRESS || given.TEMPORAL_PROFILE || given.TEMPORAL_CONFIG_FILE),
    telephony: Boolean(given.TWILIO_ACCOUNT_SID),
    funds: Boolean(given.FUNDS_URL),
    events: Boolean(given.RISK_EVENTS_URL),
  }
  if (given.DATABASE_URL && !/^postgres(ql)?:\/\//.test(given.DATABASE_URL)) {
    throw new StartFailure('DATABASE_URL is not the address of a PostgreSQL: expected postgresql://user:password@host:5432/database.')
  }
  if (given.PUBLIC_BASE_URL && !/^https?:\/\/[^/]/.test(given.PUBLIC_BASE_URL)) {
    throw new StartFailure(`PUBLIC_BASE_URL is "${given.PUBLIC_BASE_URL}", which is not an address: expected one such as https://calls.example.com.`)
  }
  if (real.telephony && !given.PUBLIC_BASE_URL && !given.TWILIO_API_BASE_URL) {
    throw new StartFailure('Twilio must be able to reach this machine: set PUBLIC_BASE_URL to the address at which the internet sees it.')
  }
  const simulatorPort = readPort(given, 'SIMULATOR_PORT', 3001)
  if (simulatorPort === port) throw new StartFailure(`PORT and SIMULATOR_PORT are both ${port}: give each its own.`)
  return {
    port,
    simulatorPort,
    dataDir: path.resolve(given.DATA_DIR || '.data'),
    publicBaseUrl: (given.PUBLIC_BASE_URL || `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    callsPerSecond: given.TWILIO_CALLS_PER_SECOND || given.SIMULATOR_CALLS_PER_SECOND || '5',
    real,
    embeddedPorts: {
      postgres: readPort(given, 'EMBEDDED_POSTGRES_PORT', 0),
      temporal: readPort(given, 'EMBEDDED_TEMPORAL_PORT', 0),
      temporalUi: readPort(given, 'EMBEDDED_TEMPORAL_UI_PORT', 0),
    },
    temporalCliPath: given.TEMPORAL_CLI_PATH || undefined,
  }
}

// Settings that only mean something beside an address; alone they would silently not be used.
const besideAddress = [
  'TEMPORAL_API_KEY',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_CLIENT_CERT_DATA',
  'TEMPORAL_TLS_CLIENT_KEY_DATA',
]

function halfSetTemporal(given: NodeJS.ProcessEnv): string[] {
  if (given.TEMPORAL_ADDRESS || given.TEMPORAL_PROFILE || given.TEMPORAL_CONFIG_FILE) return []
  const alone = besideAddress.find((name) => given[name])
  return alone ? [`The settings of Temporal go together: ${alone} is set, but TEMPORAL_ADDRESS is missing.`] : []
}

function readPort(given: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = given[variable]
  if (!text) return fallback
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535 || Number(text) === 0) {
    throw new StartFailure(`${variable} is "${text}", which is not a port: expected a number from 1 to 65535.`)
  }
  return Number(text)
}
