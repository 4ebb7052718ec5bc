import type { Account } from '../account'
import type { Clock } from '../clock'
import { newSid } from '../sid'
import type { Store } from '../store'
import type { CallbackTarget, Callbacks } from '../webhooks/callbacks'
import type { Line } from './leg'

export interface Transcription {
  sid: string
  callSid: string
  name: string | null
  status: 'in-progress' | 'stopped'
  language: string
  callback: Pick<CallbackTarget, 'url' | 'method'> | null
  /** Number of the next callback. */
  sequence: number
  updatedAt: string
}

export interface Transcriptions {
  start(of: Pick<Transcription, 'callSid' | 'name' | 'language' | 'callback'>): Transcription
  get(sid: string): Transcription | undefined
  /** Tells what was said on a call to whoever has it transcribed. @param own by the party of the call itself, on its inbound track */
  hear(callSid: string, line: Line, own: boolean): void
  /** Does nothing to one that has stopped. */
  stop(sid: string): Transcription
  stopAll(callSid: string): void
}

interface Deps {
  store: Store
  clock: Clock
  account: Account
  callbacks: Callbacks
}

/** Real-time transcription, without an engine: what is said in words is known here already. Sound from a microphone is not understood. */
export function createTranscriptions({ store, clock, account, callbacks }: Deps): Transcriptions {
  const rows = store.table<Transcription>('transcriptions')
  const open = new Map([...rows.values()].filter(({ status }) => status === 'in-progress').map((row) => [row.callSid, row.sid]))

  function tell(sid: string, event: string, fields: Record<string, string> = {}): void {
    const row = rows.get(sid)
    if (!row) throw new Error(`No transcription ${sid}`)
    rows.put(sid, { ...row, sequence: row.sequence + 1 })
    if (!row.callback) return
    callbacks.post(row.callback, {
      AccountSid: account.sid,
      CallSid: row.callSid,
      TranscriptionSid: row.sid,
      TranscriptionEvent: `transcription-${event}`,
      SequenceId: String(row.sequence),
      Timestamp: clock.now().toISOString(),
      LanguageCode: row.language,
      ...fields,
    })
  }

  const self: Transcriptions = {
    start(of) {
      const sid = newSid('GT')
      return store.together(() => {
        rows.put(sid, { ...of, sid, status: 'in-progress', sequence: 1, updatedAt: clock.now().toISOString() })
        open.set(of.callSid, sid)
        tell(sid, 'started', { TranscriptionEngine: 'google', PartialResults: 'false' })
        return rows.get(sid)!
      })
    },
    get: (sid) => rows.get(sid),
    hear(callSid, { kind, text }, own) {
      const sid = open.get(callSid)
      if (sid === undefined || kind !== 'speech') return
      const TranscriptionData = JSON.stringify({ transcript: text, confidence: 0.99 })
      store.together(() => tell(sid, 'content', { Track: own ? 'inbound_track' : 'outbound_track', TranscriptionData, Final: 'true' }))
    },
    stop(sid) {
      const row = rows.get(sid)
      if (!row) throw new Error(`No transcription ${sid}`)
      if (row.status === 'stopped') return row
      return store.together(() => {
        open.delete(row.callSid)
        tell(sid, 'stopped')
        return rows.put(sid, { ...rows.get(sid)!, status: 'stopped', updatedAt: clock.now().toISOString() })
      })
    },
    stopAll(callSid) {
      const sid = open.get(callSid)
      if (sid !== undefined) self.stop(sid)
    },
  }
  return self
}
