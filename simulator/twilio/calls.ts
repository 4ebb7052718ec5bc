import { Router } from 'express'
import type { Account } from '../account'
import type { Call, Detection, Instructions, RecordingWish } from '../network/call'
import { isOver } from '../network/call'
import type { Callbook } from '../network/callbook'
import type { Exchange } from '../network/exchange'
import type { Store } from '../store'
import { badRequest, notFound, TwilioError } from './error'
import { type Form, formOf, isPhoneNumber } from './form'
import type { TwilioJson } from './json'
import { between, page } from './paging'

interface Deps {
  account: Account
  callbook: Callbook
  exchange: Exchange
  json: TwilioJson
  store: Store
}

export function callsRouter({ account, callbook, exchange, json, store }: Deps): Router {
  const router = Router()
  const find = (sid: string): Call => {
    const call = callbook.get(sid)
    if (!call) throw notFound(`${json.base}/Calls/${sid}.json`)
    return call
  }

  router.post('/Calls.json', async (req, res) => {
    const form = formOf(req.body)
    const { to, from } = addresses(form, account)
    const instructions = instructionsOf(form, account)
    const call = exchange.place({
      to,
      from,
      direction: 'outbound-api',
      instructions,
      callback: form.callback('StatusCallback', 'call'),
      timeoutSeconds: form.whole('Timeout', 60, 1, 600),
      timeLimitSeconds: form.whole('TimeLimit', 14_400, 1, 86_400),
      sendDigits: digitsOf(form),
      detection: detectionOf(form, 'AsyncAmdStatusCallback'),
      recording: form.flag('Record') ? recordingOf(form, 'trim-silence') : null,
    })
    await store.durable()
    res.status(201).json(json.call(call))
  })

  router.get('/Calls.json', (req, res) => {
    const q = req.query as Record<string, string | undefined>
    const status = (call: Call) => (call.status === 'initiated' ? 'queued' : call.status)
    const fits = (call: Call) =>
      (!q.To || call.to === q.To) &&
      (!q.From || call.from === q.From) &&
      (!q.ParentCallSid || call.parentSid === q.ParentCallSid) &&
      (!q.Status || status(call) === q.Status) &&
      between(q, 'StartTime', call.dialledAt) &&
      between(q, 'EndTime', call.endedAt)
    res.json(page(req, 'calls', callbook.list().filter(fits), (c) => c.sid, json.call))
  })

  router.get('/Calls/:Sid.json', (req, res) => void res.json(json.call(find(req.params.Sid))))

  router.post('/Calls/:Sid.json', async (req, res) => {
    const call = find(req.params.Sid)
    const form = formOf(req.body)
    const status = form.text('Status')
    if (status !== null && status !== 'canceled' && status !== 'completed') throw badRequest(20001, `Invalid Status: ${status}`)
    const redirects = form.text('Url') !== null || form.text('Twiml') !== null
    if (isOver(call.status)) throw badRequest(21220, 'Call is not in-progress. Cannot redirect.')
    const instructions = redirects ? instructionsOf(form, account) : null
    if (instructions && call.status !== 'in-progress') throw badRequest(21220, 'Call is not in-progress. Cannot redirect.')

    const callback = form.callback('StatusCallback', 'call', call.callback?.events)
    if (callback) callbook.change(call.sid, { callback })
    // `canceled` leaves a call that was answered already alone.
    if (status === 'completed' || (status === 'canceled' && call.status !== 'in-progress')) exchange.hangUp(call.sid)
    else if (instructions) exchange.redirect(call.sid, instructions)
    await store.durable()
    res.json(json.call(find(call.sid)))
  })

  router.delete('/Calls/:Sid.json', async (req, res) => {
    const call = find(req.params.Sid)
    if (!isOver(call.status)) throw new TwilioError(400, 20009, 'Cannot delete a call that is still in progress')
    callbook.remove(call.sid)
    await store.durable()
    res.status(204).end()
  })

  return router
}

/** The two ends of a new call or participant, each with Twilio's own complaint. */
export function addresses(form: Form, account: Account): { to: string; from: string } {
  const to = form.text('To')
  const from = form.text('From')
  if (to === null) throw badRequest(21201, "No 'To' number is specified")
  if (from === null) throw badRequest(21213, "No 'From' number is specified")
  if (!to.startsWith('client:') && !isPhoneNumber(to)) throw badRequest(21211, `The phone number you are attempting to call, ${to}, is not valid.`)
  if (from.startsWith('client:') && to.startsWith('client:')) return { to, from }
  if (!isPhoneNumber(from)) throw badRequest(21212, `The phone number ${from} is not valid.`)
  if (!account.numbers.includes(from))
    throw badRequest(
      21210,
      `The source phone number provided, ${from}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.`,
    )
  return { to, from }
}

function instructionsOf(form: Form, account: Account): Instructions {
  const fallback = { fallbackUrl: form.url('FallbackUrl'), fallbackMethod: form.method('FallbackMethod') }
  // An application goes before a URL, and a URL before a document.
  const app = form.text('ApplicationSid')
  if (app !== null) {
    if (app !== account.twimlAppSid || account.twimlAppUrl === null) throw badRequest(21218, `Invalid ApplicationSid: ${app}`)
    return { url: account.twimlAppUrl, twiml: null, method: 'POST', ...fallback }
  }
  const url = form.url('Url')
  const twiml = form.text('Twiml')
  if (url === null && twiml === null) throw badRequest(21205, 'Url parameter is required.')
  if (url === null && twiml !== null) {
    if (twiml.length > 4_000) throw badRequest(20001, 'Twiml is longer than 4000 characters')
    return { url: null, twiml, method: 'POST', ...fallback }
  }
  return { url, twiml: null, method: form.method('Method'), ...fallback }
}

export function detectionOf(form: Form, callbackName: string): Detection | null {
  const wish = form.oneOf('MachineDetection', ['none', 'Enable', 'DetectMessageEnd'], 'none', 21234)
  form.whole('MachineDetectionSpeechThreshold', 2_400, 1_000, 6_000)
  form.whole('MachineDetectionSpeechEndThreshold', 1_200, 500, 5_000)
  form.whole('MachineDetectionSilenceTimeout', 5_000, 2_000, 10_000)
  if (wish === 'none') return null
  return {
    untilMessageEnds: wish === 'DetectMessageEnd',
    async: form.flag('AsyncAmd') ?? callbackName === 'AmdStatusCallback',
    timeoutSeconds: form.whole('MachineDetectionTimeout', 30, 3, 59),
    callback: form.callback(callbackName, 'result'),
  }
}

/** How a call is to be recorded; silence at both ends is not cut off here, whatever `Trim` says. */
export function recordingOf(form: Form, trim: 'trim-silence' | 'do-not-trim'): RecordingWish {
  form.oneOf('Trim', ['trim-silence', 'do-not-trim'], trim)
  return {
    channels: form.oneOf('RecordingChannels', ['mono', 'dual'], 'mono') === 'dual' ? 2 : 1,
    track: form.oneOf('RecordingTrack', ['both', 'inbound', 'outbound'], 'both'),
    callback: form.callback('RecordingStatusCallback', 'recording'),
  }
}

function digitsOf(form: Form): string | null {
  const digits = form.text('SendDigits')
  if (digits !== null && !/^[0-9A-D*#wW]{1,32}$/.test(digits)) throw badRequest(21206, `Invalid SendDigits: ${digits}`)
  return digits
}
