import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient'
import { inSpan } from '../configuration/span'
import type { Configuration } from '../configuration/configuration'

type TelephonySettings = Configuration['telephony']
type Calls = ReturnType<typeof twilio>['calls']
export type CallCreation = Parameters<Calls['create']>[0]

/** The provider answered, and its answer is no: nothing rings. `code` is Twilio's. */
export class CallRefused extends Error {
  constructor(
    readonly code: number | undefined,
    message: string,
  ) {
    super(message)
  }
}

/** The provider was not reached, or said "too many requests": it has not taken the call, so asking again is safe. */
export class CallNotTaken extends Error {}

/** No answer, or a server error: the call may ring or not. Look it up before anything rings again. */
export class CallOutcomeUnknown extends Error {}

export interface ProviderCall {
  callSid: string
  status: string
  answeredBy: string | null
  createdAt: Date
  /** How long the call waited at the provider for the account's calls-per-second limit. */
  queueMillis: number | null
}

/** One leg in a conference; `label` is the one that our document gave it. */
export interface ConferenceLeg {
  callSid: string
  label: string | null
}

/** Longest wait for one answer of the provider, in milliseconds. */
const providerTimeoutMillis = 8_000
/** Longest time that the creation of a call is under way, from our side; a call that rings late is looked up sooner than waited for. */
export const creationTimeoutMillis = 5_000
// As many as a high rate of calls needs on a slow day: who waits for a connection is late.
const maxSockets = 100

/** Twilio's client with another base URL where configuration names one; everything else is Twilio's. */
class AddressedRequestClient extends twilio.RequestClient {
  constructor(private readonly baseUrl: string | undefined) {
    super({ timeout: providerTimeoutMillis, keepAlive: true, maxSockets })
    // The library's timeout begins with the connection: waiting for a free one, or for the network, would come on top.
    this.axios.interceptors.request.use((config) => {
      config.signal = AbortSignal.timeout(config.timeout ?? providerTimeoutMillis)
      return config
    })
  }

  override request<T>(options: RequestOptions<T>) {
    const uri = this.baseUrl ? options.uri.replace(/^https:\/\/api(\.[\w-]+)*\.twilio\.com/, this.baseUrl) : options.uri
    // The kind of resource without its ids and numbers.
    const [, resource = ''] = /\/Accounts\/[^/]+\/(\w+)/.exec(uri) ?? []
    const method = options.method.toUpperCase()
    const timeout = method === 'POST' && uri.endsWith('/Calls.json') ? creationTimeoutMillis : providerTimeoutMillis
    return inSpan(`telephony ${method} ${resource}`.trim(), { kind: 'CLIENT' }, () => super.request({ ...options, uri, timeout }))
  }
}

export type Telephony = ReturnType<typeof createTelephony>

export function createTelephony(settings: TelephonySettings) {
  const client = twilio(settings.accountSid, settings.authToken, { httpClient: new AddressedRequestClient(settings.apiBaseUrl) })

  /** @returns undefined when the provider knows no such call */
  async function fetchCall(callSid: string): Promise<ProviderCall | undefined> {
    try {
      return providerCall(await client.calls(callSid).fetch())
    } catch (error) {
      if (error instanceof twilio.RestException && error.status === 404) return undefined
      throw error
    }
  }

  async function liveConference(friendlyName: string) {
    const [conference] = await client.conferences.list({ friendlyName, status: 'in-progress', limit: 1 })
    return conference
  }

  return {
    fromNumber: settings.fromNumber,

    /** @throws CallRefused, CallNotTaken or CallOutcomeUnknown: three kinds of failure, three ways to go on. */
    async createCall(creation: CallCreation): Promise<ProviderCall> {
      try {
        return providerCall(await client.calls.create(creation))
      } catch (error) {
        throw creationFailure(error)
      }
    },

    fetchCall,

    /** Calls to a number from one of ours since a moment, newest first. Not by StartTime: a call that has not begun has none. */
    async callsTo(phone: string, from: string, since: Date): Promise<ProviderCall[]> {
      const calls = await client.calls.list({ to: phone, from, limit: 50 })
      // Dates have whole seconds on the wire.
      return calls.map(providerCall).filter((call) => call.createdAt.getTime() >= Math.floor(since.getTime() / 1_000) * 1_000)
    },

    /** Ends a call; one that is over already is a success. @returns the call as it was found, undefined when the provider knows none */
    async endCall(callSid: string): Promise<ProviderCall | undefined> {
      const found = await fetchCall(callSid)
      const status = found?.status ?? ''
      const live = ['queued', 'ringing'].includes(status) ? 'canceled' : status === 'in-progress' ? 'completed' : undefined
      if (live) await ignoringOver(client.calls(callSid).update({ status: live }))
      return found
    },

    /** Sends a live call to another document. A call that is over needs none. */
    async redirectCall(callSid: string, url: string): Promise<void> {
      await ignoringOver(client.calls(callSid).update({ url, method: 'POST' }))
    },

    /** Who is in the conference of that name now, be it that they wait in it alone. */
    async legsIn(conferenceName: string): Promise<ConferenceLeg[]> {
      const conferences = await client.conferences.list({ friendlyName: conferenceName, limit: 20 })
      const open = conferences.filter(({ status }) => status !== 'completed')
      const participants = await Promise.all(open.map(({ sid }) => client.conferences(sid).participants.list({ limit: 20 })))
      return participants.flat().map(({ callSid, label }) => ({ callSid, label }))
    },

    /** How a leg is in a live conference: muted or not, and heard by one other leg alone, or by all. A leg that is gone needs none. */
    async seatLeg(conferenceName: string, callSid: string, seat: { muted: boolean; coached?: string }): Promise<void> {
      const conference = await liveConference(conferenceName)
      if (!conference) return
      const coaching = seat.coached ? { coaching: true, callSidToCoach: seat.coached } : { coaching: false }
      await ignoringGone(client.conferences(conference.sid).participants(callSid).update({ muted: seat.muted, ...coaching }))
    },

    /** Takes a leg out of a live conference. One that is gone is a success. */
    async removeLeg(conferenceName: string, callSid: string): Promise<void> {
      const conference = await liveConference(conferenceName)
      if (conference) await ignoringGone(client.conferences(conference.sid).participants(callSid).remove())
    },

    /** Sends a text message. @throws when the provider did not take it, or did not answer: it may have been sent all the same */
    async sendMessage(to: string, body: string): Promise<void> {
      await client.messages.create({ to, from: settings.fromNumber, body })
    },

    /**
     * Records a live call from now on, each side on a channel of its own. A call that is recorded already is
     * not recorded twice.
     * @returns the recording's SID; undefined when the call is over
     */
    async startRecording(callSid: string, statusCallback: string): Promise<string | undefined> {
      const running = await client.calls(callSid).recordings.list({ limit: 1 })
      if (running[0]) return running[0].sid
      let sid: string | undefined
      await ignoringOver(
        client
          .calls(callSid)
          .recordings.create({ recordingChannels: 'dual', recordingStatusCallback: statusCallback, recordingStatusCallbackMethod: 'POST', recordingStatusCallbackEvent: ['completed'] })
          .then((recording) => (sid = recording.sid)),
      )
      return sid
    },

    /** While a recording is paused nothing is on the tape but silence of the same length. */
    async pauseRecording(callSid: string, recordingSid: string, paused: boolean): Promise<void> {
      const wish = paused ? { status: 'paused' as const, pauseBehavior: 'silence' } : { status: 'in-progress' as const }
      await ignoringOver(client.calls(callSid).recordings(recordingSid).update(wish))
    },

    /**
     * Has what is said in a live call written down from now on, whole sentences only.
     * @param statusCallback is told each of them
     * @param language such as `cmn-Hans-CN`
     * @returns the session's SID; undefined when the call is over
     */
    async startTranscription(callSid: string, { statusCallback, language }: { statusCallback: string; language: string }): Promise<string | undefined> {
      let sid: string | undefined
      await ignoringOver(
        client
          .calls(callSid)
          .transcriptions.create({ statusCallbackUrl: statusCallback, statusCallbackMethod: 'POST', track: 'both_tracks', partialResults: false, languageCode: language, enableAutomaticPunctuation: true })
          .then((transcription) => (sid = transcription.sid)),
      )
      return sid
    },

    /** One that has stopped already, or whose call is over, is a success. */
    async stopTranscription(callSid: string, transcriptionSid: string): Promise<void> {
      await ignoringGone(ignoringOver(client.calls(callSid).transcriptions(transcriptionSid).update({ status: 'stopped' })))
    },

    /** Deletes a recording for good. One that is gone is a success. */
    async deleteRecording(recordingSid: string): Promise<void> {
      await ignoringGone(client.recordings(recordingSid).remove())
    },

    /** The sound itself, or the part of it that a `Range` header names. The caller must read or cancel the body. */
    fetchRecording(recordingSid: string, range: string | undefined): Promise<Response> {
      const base = settings.apiBaseUrl ?? 'https://api.twilio.com'
      const authorization = `Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')}`
      return fetch(`${base}/2010-04-01/Accounts/${settings.accountSid}/Recordings/${recordingSid}.wav`, {
        headers: { authorization, ...(range ? { range } : {}) },
      })
    },

    /** Says something to one leg of a live conference, once. A leg that is gone needs nothing. */
    async announceTo(conferenceName: string, callSid: string, announceUrl: string): Promise<void> {
      const conference = await liveConference(conferenceName)
      if (conference) await ignoringGone(client.conferences(conference.sid).participants(callSid).update({ announceUrl, announceMethod: 'POST' }))
    },

    /** Puts one leg of a live conference on hold or takes it back. */
    async holdParticipant(conferenceName: string, callSid: string, hold: boolean, holdUrl: string): Promise<void> {
      const conference = await liveConference(conferenceName)
      if (conference) await client.conferences(conference.sid).participants(callSid).update({ hold, holdUrl, holdMethod: 'POST' })
    },
  }
}

function providerCall(call: { sid: string; status: string; answeredBy: string | null; dateCreated: Date; queueTime: string | null }): ProviderCall {
  const queueMillis = call.queueTime === null ? null : Number(call.queueTime)
  return { callSid: call.sid, status: call.status, answeredBy: call.answeredBy, createdAt: call.dateCreated, queueMillis }
}

const callNotInProgress = 21220

async function ignoringOver(update: Promise<unknown>): Promise<void> {
  await update.catch((error: unknown) => {
    if (!(error instanceof twilio.RestException && error.code === callNotInProgress)) throw error
  })
}

/** A participant that has left in the meantime. */
async function ignoringGone(update: Promise<unknown>): Promise<void> {
  await update.catch((error: unknown) => {
    if (!(error instanceof twilio.RestException && error.status === 404)) throw error
  })
}

function creationFailure(error: unknown): Error {
  if (error instanceof twilio.RestException) {
    if (error.status === 429) return new CallNotTaken(`the provider is busy: ${error.message}`)
    if (error.status < 500) return new CallRefused(error.code, error.message)
    return new CallOutcomeUnknown(`the provider answered ${error.status}: ${error.message}`)
  }
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const message = error instanceof Error ? error.message : String(error)
  // Without a connection nothing was sent.
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) return new CallNotTaken(message)
  return new CallOutcomeUnknown(message)
}
