import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Account } from '../account'
import { type Clock, rfc2822 } from '../clock'
import { newSid } from '../sid'
import type { Store, Table } from '../store'
import type { Callbacks } from '../webhooks/callbacks'
import { type Call, type CallStatus, durationSeconds, isOver } from './call'

export const apiVersion = '2010-04-01'

/** What a new call must say; the rest has Twilio's defaults. */
export type NewCall = Pick<Call, 'from' | 'to' | 'direction'> & Partial<Call>

/** All calls ever, and the only place where one changes its status. */
export interface Callbook {
  create(call: NewCall): Call
  get(sid: string): Call | undefined
  /** Newest first. */
  list(): Call[]
  change(sid: string, changes: Partial<Call>): Call
  /** Moves the call on and journals the callback of that move with it. A call that is over stays as it is. */
  advance(sid: string, status: CallStatus, changes?: Partial<Call>): Call
  remove(sid: string): void
  /** The fields that every webhook about this call carries. */
  fields(call: Call): Record<string, string>
}

const eventOf: Partial<Record<CallStatus, string>> = { initiated: 'initiated', ringing: 'ringing', 'in-progress': 'answered' }

export function createCallbook({ store, clock, account, callbacks }: { store: Store; clock: Clock; account: Account; callbacks: Callbacks }): Callbook {
  const calls: Table<Call> = store.table('calls')

  const mustGet = (sid: string) => {
    const call = calls.get(sid)
    if (!call) throw new Error(`No call ${sid}`)
    return call
  }

  const fields = (call: Call) => ({
    AccountSid: account.sid,
    ApiVersion: apiVersion,
    CallSid: call.sid,
    CallStatus: call.status,
    Called: call.to,
    CalledCountry: country(call.to),
    Caller: call.from,
    CallerCountry: country(call.from),
    Direction: call.direction,
    From: call.from,
    FromCountry: country(call.from),
    To: call.to,
    ToCountry: country(call.to),
    // Synchronous detection is over before the first webhook; asynchronous has a callback of its own.
    ...(call.answeredBy && !call.detection?.async && { AnsweredBy: call.answeredBy }),
    ...(call.parentSid && { ParentCallSid: call.parentSid }),
    ...call.fields,
  })

  function announce(call: Call): Call {
    const event = isOver(call.status) ? 'completed' : eventOf[call.status]
    if (!event || !call.callback?.events.includes(event)) return call
    const seconds = durationSeconds(call)
    callbacks.post(call.callback, {
      ...fields(call),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(call.sequence),
      Timestamp: rfc2822(clock.now()),
      ...(isOver(call.status) && { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) }),
      ...(isOver(call.status) && call.sipCode !== null && { SipResponseCode: String(call.sipCode) }),
      ...(call.answeredBy && { AnsweredBy: call.answeredBy }),
    })
    return { ...call, sequence: call.sequence + 1 }
  }

  return {
    create(wanted) {
      const now = clock.now().toISOString()
      const sid = newSid('CA')
      return calls.put(sid, { ...blank, createdAt: now, updatedAt: now, ...wanted, sid })
    },
    get: (sid) => calls.get(sid),
    list: () => [...calls.values()].reverse(),
    change: (sid, changes) => calls.put(sid, { ...mustGet(sid), ...changes, updatedAt: clock.now().toISOString() }),
    advance(sid, status, changes = {}) {
      const before = mustGet(sid)
      if (isOver(before.status)) return before
      const now = clock.now().toISOString()
      const stamps: Partial<Call> = isOver(status)
        ? // A call that was cancelled while it waited in the queue never started, and says nothing.
          { endedAt: now, ...(before.status === 'queued' && { callback: null }) }
        : { initiated: { dialledAt: now }, ringing: { ringingAt: now }, 'in-progress': { answeredAt: now }, queued: {} }[status]
      const after = { ...before, ...stamps, ...changes, status, updatedAt: now }
      return store.together(() => calls.put(sid, announce(after)))
    },
    remove: (sid) => calls.remove(sid),
    fields,
  }
}

const blank: Omit<Call, 'sid' | 'from' | 'to' | 'direction' | 'createdAt' | 'updatedAt'> = {
  parentSid: null,
  status: 'queued',
  dialledAt: null,
  ringingAt: null,
  answeredAt: null,
  endedAt: null,
  queueMs: 0,
  answeredBy: null,
  instructions: null,
  seat: null,
  callback: null,
  sequence: 0,
  timeoutSeconds: 60,
  timeLimitSeconds: 14_400,
  sendDigits: null,
  detection: null,
  recording: null,
  fields: {},
  sipCode: null,
}

function country(address: string): string {
  return parsePhoneNumberFromString(address)?.country ?? ''
}
