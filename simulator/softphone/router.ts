import express, { type Request, Router } from 'express'
import { z } from 'zod'
import type { Account } from '../account'
import { wait } from '../clock'
import { isOver, remoteParty } from '../network/call'
import type { Callbook } from '../network/callbook'
import type { Exchange } from '../network/exchange'
import type { Registrations } from '../network/registrations'
import type { Leg } from '../network/leg'
import type { Transcripts } from '../network/transcripts'
import { Problem, parse } from '../problem'
import type { SoundDesk } from '../sound/soundDesk'
import { passDescription, streamSound } from '../sound/stream'
import type { Store } from '../store'
import { openEventStream, sendEvent, type SoftphoneState, streamEvents } from './events'
import { verifyAccessToken } from './token'

interface Deps {
  account: Account
  callbook: Callbook
  exchange: Exchange
  registrations: Registrations
  sound: SoundDesk
  store: Store
  transcripts: Transcripts
  /** Real milliseconds without an event stream after which a browser counts as dead. */
  graceMs: number
}

const callBody = z.strictObject({ params: z.record(z.string().regex(/^\w{1,64}$/), z.string().max(800)).default({}) })
const muteBody = z.strictObject({ muted: z.boolean() })
const digitsBody = z.strictObject({ digits: z.string().regex(/^[0-9*#A-D]{1,64}$/) })
const sayBody = z.strictObject({ text: z.string().trim().min(1).max(1_000) })

/** Stands in for Twilio's Voice SDK in the browser, below `/sim/softphone`. */
export function softphoneRouter({ account, callbook, exchange, registrations, sound, store, transcripts, graceMs }: Deps): Router {
  const router = Router()
  const watching = new Map<string, number>()
  const muted = new Set<string>()
  const names = new Map<string, string[]>()

  router.use((req, res, next) => {
    const { origin } = req.headers
    if (origin && /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin)) {
      res.setHeader('Access-Control-Allow-Origin', origin)
      res.setHeader('Vary', 'Origin')
      res.setHeader('Access-Control-Allow-Headers', 'authorization, content-type')
      res.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE')
      res.setHeader('Access-Control-Max-Age', '600')
    }
    if (req.method === 'OPTIONS') return void res.status(204).end()
    next()
  })
  router.use(express.json({ limit: '64kb' }))

  /** An event source cannot send headers, so its token may come in the query. */
  const callerOf = (req: Request) => {
    const [scheme, given = ''] = (req.headers.authorization ?? '').split(' ')
    const token = scheme?.toLowerCase() === 'bearer' ? given : String(req.query.token ?? '')
    return verifyAccessToken(token, account)
  }
  const own = (req: Request): string => {
    const { identity } = callerOf(req)
    const call = callbook.get(String(req.params.sid))
    // Another agent's call is as good as none.
    if (!call || remoteParty(call) !== `client:${identity}`) throw new Problem(404, 'Not Found', 'You have no such call.')
    return call.sid
  }
  const live = (sid: string): Leg => {
    const leg = exchange.leg(sid)
    if (!leg) throw new Problem(409, 'Conflict', 'The call is over.')
    return leg
  }
  const stateOf = (sid: string): SoftphoneState => {
    const { status } = callbook.get(sid)!
    const leg = exchange.leg(sid)
    const state = isOver(status) ? 'closed' : status === 'in-progress' ? 'open' : status === 'ringing' ? 'ringing' : 'connecting'
    return { callSid: sid, state, muted: muted.has(sid), participants: names.get(sid) ?? [], company: leg?.company ?? 'none' }
  }

  /** A browser that went away without hanging up is hung up for, unless it comes back in time. */
  function expectBrowser(sid: string): void {
    const leg = exchange.leg(sid)
    if (!leg) return
    wait(graceMs, leg.over.signal).then(
      () => (watching.get(sid) ?? 0) === 0 && exchange.hangUp(sid),
      () => {},
    )
  }

  function follow(sid: string): void {
    const leg = live(sid)
    leg.on('participants', (list) => names.set(sid, list))
    leg.on('muted', (is) => (is ? muted.add(sid) : muted.delete(sid)))
    leg.over.signal.addEventListener('abort', () => forget(sid), { once: true })
    expectBrowser(sid)
  }
  const forget = (sid: string) => [watching, muted, names].forEach((m) => m.delete(sid))

  /** Calls that ring at this browser, as server-sent events. */
  router.get('/incoming', (req, res) => {
    const { identity, mayBeCalled } = callerOf(req)
    if (!mayBeCalled) throw new Problem(403, 'Forbidden', '31202 The voice grant does not allow incoming calls')
    openEventStream(res)
    const leave = registrations.register(`client:${identity}`, (call) => sendEvent(res, 'incoming', call))
    sendEvent(res, 'registered', { identity })
    res.on('close', leave)
  })
  for (const [deed, event] of [
    ['answer', 'pickup'],
    ['decline', 'decline'],
  ] as const)
    router.post(`/calls/:sid/${deed}`, (req, res) => {
      const sid = own(req)
      if (callbook.get(sid)!.status !== 'ringing' || callbook.get(sid)!.direction === 'inbound')
        throw new Problem(409, 'Conflict', 'The call is not ringing here.')
      if (deed === 'answer') follow(sid)
      live(sid).emit(event)
      res.json(stateOf(sid))
    })

  router.post('/calls', async (req, res) => {
    const { identity, twimlAppSid } = callerOf(req)
    if (twimlAppSid === null) throw new Problem(403, 'Forbidden', '31202 The voice grant has no outgoing application')
    const { params } = parse(callBody, req.body)
    if (!account.twimlAppUrl) throw new Problem(409, 'Conflict', 'SIMULATOR_TWIML_APP_URL is not set.')
    const call = exchange.place({
      from: `client:${identity}`,
      to: params.To ?? '',
      direction: 'inbound',
      instructions: { url: account.twimlAppUrl, twiml: null, method: 'POST', fallbackUrl: null, fallbackMethod: 'POST' },
      fields: { ...params, ApplicationSid: twimlAppSid },
    })
    follow(call.sid)
    await store.durable()
    res.status(201).json({ callSid: call.sid })
  })

  router.get('/calls/:sid', (req, res) => void res.json(stateOf(own(req))))

  router.get('/calls/:sid/events', (req, res) => {
    const sid = own(req)
    const leg = exchange.leg(sid)
    openEventStream(res)
    if (!leg) {
      // A browser that comes back too late learns that the call is over, rather than trying for ever.
      sendEvent(res, 'state', stateOf(sid))
      return void res.end()
    }
    watching.set(sid, (watching.get(sid) ?? 0) + 1)
    streamEvents(
      res,
      leg,
      () => stateOf(sid),
      transcripts.of(sid),
      () => {
        if (leg.over.signal.aborted) return
        watching.set(sid, watching.get(sid)! - 1)
        expectBrowser(sid)
      },
    )
  })

  router
    .route('/calls/:sid/sound')
    .get((req, res) => streamSound(sound, live(own(req)), res))
    .post((req, res) => passDescription(sound, live(own(req)), req, res))

  router.post('/calls/:sid/mute', (req, res) => {
    const sid = own(req)
    const body = parse(muteBody, req.body)
    const leg = live(sid)
    // The browser's own microphone: the conference is not told, as with the Voice SDK.
    leg.silenced = body.muted
    leg.emit('muted', body.muted)
    res.json(stateOf(sid))
  })
  router.post('/calls/:sid/digits', (req, res) => {
    const sid = own(req)
    live(sid).press(parse(digitsBody, req.body).digits)
    res.json(stateOf(sid))
  })
  router.post('/calls/:sid/say', (req, res) => {
    const sid = own(req)
    live(sid).speak(parse(sayBody, req.body).text)
    res.json(stateOf(sid))
  })
  router.delete('/calls/:sid', async (req, res) => {
    const sid = own(req)
    exchange.hangUp(sid)
    await store.durable()
    res.status(204).end()
  })

  return router
}
