import type { RecordingWish, Seat } from '../../network/call'
import type { Departure } from '../../network/conference'
import { callbackTarget, flag, method, oneOf, url, whole } from '../attributes'
import { ApplicationError, type Verb } from '../document'
import { ask, type Next, type Page, type Target } from '../page'

/** Connects the leg to a conference, or rings numbers and clients; the first that answers has it. */
export async function dial(verb: Verb, page: Page): Promise<Next> {
  const conference = verb.children.find((c) => c.name === 'Conference')
  if (conference && (verb.children.length > 1 || verb.text !== '')) throw new ApplicationError(13201, 'Dial: a Conference stands alone')
  const fields = conference ? await dialConference(conference, verb, page) : await dialParties(verb, page)
  if (verb.attributes.action === undefined) return undefined
  return ask(url(verb, 'action', page.url)!, method(verb, 'method'), fields)
}

async function dialConference(conference: Verb, dialVerb: Verb, page: Page): Promise<Record<string, string>> {
  const seat = seatOf(conference, page.url)
  const { clock, conferences } = page.deps
  const starred = new AbortController()
  const star = (key: string) => key === '*' && starred.abort(new Error('The star key was pressed'))
  if (flag(dialVerb, 'hangupOnStar', false)) page.leg.on('keys', star)
  const since = clock.now().toISOString()
  try {
    const departure: Departure = await conferences.enter(page.leg, seat, AbortSignal.any([page.signal, starred.signal]))
    if (page.signal.aborted) throw page.signal.reason
    return {
      DialCallStatus: departure === 'failed' ? 'failed' : 'answered',
      DialCallDuration: String(Math.round((Date.now() - Date.parse(since)) / 1000)),
    }
  } finally {
    page.leg.off('keys', star)
  }
}

async function dialParties(verb: Verb, page: Page): Promise<Record<string, string>> {
  const nouns = verb.children.length > 0 ? verb.children : [{ ...verb, name: 'Number', attributes: {} }]
  const targets = nouns.map((noun) => targetOf(noun, page.url))
  if (targets.some((t) => t.address === '' || t.address === 'client:')) throw new ApplicationError(13223, 'Dial: invalid phone number format')
  const call = page.deps.callbook.get(page.leg.sid)!
  const callerId = verb.attributes.callerId ?? (call.direction === 'inbound' ? call.from : call.to)
  const toNumber = targets.some((t) => !t.address.startsWith('client:'))
  // A browser has no number of its own to show; a caller may show theirs, but nobody else's.
  if (toNumber && !page.deps.callerIds.includes(callerId) && (callerId.startsWith('client:') || ![call.from, call.to].includes(callerId))) {
    page.deps.alerts.raise(13214, `Dial: invalid callerId value "${callerId}"`, page.url, call.sid)
    return { DialCallStatus: 'failed', DialCallDuration: '0', DialBridged: 'false' }
  }
  const wishes = {
    timeoutSeconds: whole(verb, 'timeout', 30, 1, 600),
    timeLimitSeconds: whole(verb, 'timeLimit', 14_400, 1),
    callerId,
    hangupOnStar: flag(verb, 'hangupOnStar', false),
    record: recordingWish(verb, page.url),
  }
  const end = await page.deps.connect(page.leg, targets, wishes, page.signal)
  const recording = end.recordingSid === null ? undefined : page.deps.recordings.get(end.recordingSid)
  return {
    DialCallStatus: end.status,
    DialCallDuration: String(end.seconds),
    DialBridged: String(end.status === 'completed'),
    ...(end.callSid && { DialCallSid: end.callSid }),
    ...(recording && { RecordingSid: recording.sid, RecordingUrl: page.deps.recordings.url(recording) }),
  }
}

const tapes = ['do-not-record', 'false', 'true', 'record-from-answer', 'record-from-ringing', 'record-from-answer-dual', 'record-from-ringing-dual'] as const

function recordingWish(verb: Verb, base: string | null): RecordingWish | null {
  const how = oneOf(verb, 'record', tapes, 'do-not-record')
  if (how === 'do-not-record' || how === 'false') return null
  return { channels: how.endsWith('-dual') ? 2 : 1, callback: callbackTarget(verb, 'recordingStatusCallback', base, ['completed']) }
}

function targetOf(noun: Verb, base: string | null): Target {
  const callback = callbackTarget(noun, 'statusCallback', base, ['completed'])
  const whisperUrl = url(noun, 'url', base)
  const whisper = whisperUrl === null ? null : { url: whisperUrl, method: method(noun, 'method') }
  if (noun.name === 'Number') return { address: noun.text.replace(/[\s()-]/g, ''), whisper, fields: {}, callback }
  const identity = noun.children.find((c) => c.name === 'Identity')?.text ?? noun.text
  const parameters = noun.children.filter((c) => c.name === 'Parameter').map((p) => [p.attributes.name ?? '', p.attributes.value ?? ''])
  return { address: `client:${identity}`, whisper, fields: Object.fromEntries(parameters), callback }
}

const sounds = ['true', 'false', 'onEnter', 'onExit'] as const

function seatOf(noun: Verb, base: string | null): Seat {
  if (noun.text === '') throw new ApplicationError(13230, 'Dial: a Conference needs a name')
  const record = oneOf(noun, 'record', ['do-not-record', 'record-from-start', 'true', 'false'], 'do-not-record')
  const taped = record === 'record-from-start' || record === 'true'
  return {
    friendlyName: noun.text,
    label: noun.attributes.participantLabel ?? null,
    muted: flag(noun, 'muted', false),
    startConferenceOnEnter: flag(noun, 'startConferenceOnEnter', true),
    endConferenceOnExit: flag(noun, 'endConferenceOnExit', false),
    beep: oneOf(noun, 'beep', sounds, 'true'),
    coachedCallSid: noun.attributes.coach ?? null,
    waitUrl: noun.attributes.waitUrl === undefined ? undefined : noun.attributes.waitUrl === '' ? null : url(noun, 'waitUrl', base),
    waitMethod: method(noun, 'waitMethod'),
    maxParticipants: whole(noun, 'maxParticipants', 250, 1, 250),
    callback: callbackTarget(noun, 'statusCallback', base, []),
    record: taped ? { channels: 1, callback: callbackTarget(noun, 'recordingStatusCallback', base, ['completed']) } : null,
  }
}
