import type { Logger } from 'pino'
import type { Account } from '../account'
import type { Clock } from '../clock'
import type { Phones } from '../people/phones'
import type { Store } from '../store'
import { createInterpreter } from '../twiml/interpreter'
import type { VerbDeps } from '../twiml/page'
import type { Alerts } from '../webhooks/alerts'
import type { Callbacks } from '../webhooks/callbacks'
import type { WebhookClient } from '../webhooks/client'
import { createBridge } from './bridge'
import { createCallbook } from './callbook'
import { createConferenceBook } from './conferenceBook'
import { createConferences } from './conferences'
import { createDialQueue } from './dialQueue'
import { createExchange } from './exchange'
import { createRecordings } from './recordings'
import { createRegistrations } from './registrations'
import { createRinging } from './ringing'
import { createSwitchboard } from './switchboard'
import { createTranscriptions } from './transcriptions'
import { createTranscripts } from './transcripts'

export type Network = ReturnType<typeof createNetwork>

interface Deps {
  account: Account
  alerts: Alerts
  baseUrl: () => string
  callbacks: Callbacks
  callsPerSecond: number
  client: WebhookClient
  clock: Clock
  log: Logger
  phones: Phones
  stopping: AbortSignal
  store: Store
}

/** Puts the telephone network together: calls, conferences, recordings, and the TwiML that drives them. */
export function createNetwork(deps: Deps) {
  const { account, callsPerSecond } = deps
  const callbook = createCallbook(deps)
  const transcripts = createTranscripts(deps)
  const recordings = createRecordings(deps)
  const transcriptions = createTranscriptions(deps)
  const registrations = createRegistrations()
  const queue = createDialQueue(callsPerSecond, deps.stopping)
  const book = createConferenceBook(deps)
  // Conferences play music that the interpreter reads, and the interpreter dials into conferences.
  const play: VerbDeps['play'] = async (...to) => void (await interpreter.play(...to))
  const conferences = createConferences({ ...deps, book, callbook, recordings, play })
  const switchboard = createSwitchboard({ ...deps, callbook, recordings, transcriptions, transcripts, onEnd: conferences.forget })
  const ring = createRinging({ ...deps, callbook, registrations, switchboard })
  const connect = createBridge({ ...deps, callbook, play, recordings, ring, switchboard })
  const interpreter = createInterpreter({ ...deps, callbook, conferences, recordings, connect, callerIds: account.numbers })
  const exchange = createExchange({ ...deps, callbook, conferences, interpreter, queue, recordings, ring, switchboard })
  return { callbook, conferences, exchange, recordings, registrations, transcriptions, transcripts }
}
