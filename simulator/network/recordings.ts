import { type Clock, rfc2822 } from '../clock'
import type { Account } from '../account'
import { newSid } from '../sid'
import type { Store } from '../store'
import type { CallbackTarget, Callbacks } from '../webhooks/callbacks'
import { apiVersion } from './callbook'

export type RecordingSource = 'DialVerb' | 'Conference' | 'OutboundAPI' | 'RecordVerb' | 'StartCallRecordingAPI'
export type RecordingStatus = 'in-progress' | 'paused' | 'stopped' | 'completed' | 'absent'

export interface Recording {
  sid: string
  callSid: string
  conferenceSid: string | null
  status: RecordingStatus
  source: RecordingSource
  channels: number
  track: string
  createdAt: string
  updatedAt: string
  startedAt: string
  /** Real milliseconds on the tape up to `resumedAt`. */
  recordedMs: number
  /** Since when the tape runs; null while it is paused or finished. */
  resumedAt: string | null
  callback: CallbackTarget | null
}

export interface Recordings {
  start(of: Pick<Recording, 'callSid' | 'conferenceSid' | 'source' | 'channels' | 'callback'> & { track?: string }): Recording
  get(sid: string): Recording | undefined
  list(): Recording[]
  pause(sid: string): Recording
  resume(sid: string): Recording
  /** Ends the tape and tells its callback. Does nothing to one that has ended. */
  finish(sid: string): Recording
  finishAll(which: (recording: Recording) => boolean): void
  remove(sid: string): void
  seconds(recording: Recording): number
  url(recording: Recording): string
}

interface Deps {
  store: Store
  clock: Clock
  account: Account
  callbacks: Callbacks
  /** Where this simulator can be reached; media URLs start with it. */
  baseUrl: () => string
}

export function createRecordings({ store, clock, account, callbacks, baseUrl }: Deps): Recordings {
  const recordings = store.table<Recording>('recordings')
  // Only these can change by themselves; ended ones are looked up by sid.
  const open = new Set([...recordings.values()].filter((r) => r.status === 'in-progress' || r.status === 'paused').map((r) => r.sid))
  const now = () => clock.now().toISOString()
  const running = (r: Recording) => (r.resumedAt ? Date.now() - Date.parse(r.resumedAt) : 0)
  const seconds = (r: Recording) => Math.round((r.recordedMs + running(r)) / 1000)
  const url = (r: Recording) => `${baseUrl()}/${apiVersion}/Accounts/${account.sid}/Recordings/${r.sid}`
  const must = (sid: string) => {
    const recording = recordings.get(sid)
    if (!recording) throw new Error(`No recording ${sid}`)
    return recording
  }

  function tell(r: Recording): void {
    if (!r.callback?.events.includes(r.status)) return
    callbacks.post(r.callback, {
      AccountSid: account.sid,
      CallSid: r.callSid,
      ...(r.conferenceSid && { ConferenceSid: r.conferenceSid }),
      RecordingSid: r.sid,
      RecordingUrl: url(r),
      RecordingStatus: r.status,
      ...(r.status !== 'in-progress' && { RecordingDuration: String(seconds(r)) }),
      RecordingChannels: String(r.channels),
      RecordingStartTime: rfc2822(r.startedAt),
      RecordingSource: r.source,
      RecordingTrack: r.track,
    })
  }

  const self: Recordings = {
    start(of) {
      const at = now()
      const sid = newSid('RE')
      return store.together(() => {
        const recording = recordings.put(sid, {
          track: 'both',
          ...of,
          sid,
          status: 'in-progress',
          createdAt: at,
          updatedAt: at,
          startedAt: at,
          recordedMs: 0,
          resumedAt: at,
        })
        open.add(sid)
        tell(recording)
        return recording
      })
    },
    get: (sid) => recordings.get(sid),
    list: () => [...recordings.values()].reverse(),
    pause(sid) {
      const r = must(sid)
      return recordings.put(sid, { ...r, status: 'paused', recordedMs: r.recordedMs + running(r), resumedAt: null, updatedAt: now() })
    },
    resume(sid) {
      const r = must(sid)
      return recordings.put(sid, { ...r, status: 'in-progress', recordedMs: r.recordedMs + running(r), resumedAt: now(), updatedAt: now() })
    },
    finish(sid) {
      const r = must(sid)
      if (r.status !== 'in-progress' && r.status !== 'paused') return r
      return store.together(() => {
        const recordedMs = r.recordedMs + running(r)
        const done = recordings.put(sid, { ...r, status: 'completed', recordedMs, resumedAt: null, updatedAt: now() })
        open.delete(sid)
        tell(done)
        return done
      })
    },
    finishAll(which) {
      for (const sid of open) if (which(must(sid))) self.finish(sid)
    },
    remove(sid) {
      open.delete(sid)
      recordings.remove(sid)
    },
    seconds,
    url,
  }
  return self
}
