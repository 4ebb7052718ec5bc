import express, { Router } from 'express'
import { z } from 'zod'
import type { Account } from '../account'
import { type Call, isOver, remoteParty } from '../network/call'
import type { Callbook } from '../network/callbook'
import type { Exchange } from '../network/exchange'
import type { Leg } from '../network/leg'
import type { Transcripts } from '../network/transcripts'
import { Problem, parse } from '../problem'
import type { SoundDesk } from '../sound/soundDesk'
import { passDescription, streamSound } from '../sound/stream'
import type { Store } from '../store'
import { isPhoneNumber } from '../twilio/form'
import type { Inbox } from './inbox'
import { personaBody } from './persona'
import type { Phones } from './phones'

interface Deps {
  account: Account
  callbook: Callbook
  exchange: Exchange
  inbox: Inbox
  phones: Phones
  sound: SoundDesk
  store: Store
  transcripts: Transcripts
}

const dialBody = z.strictObject({ to: z.string() })
const digitsBody = z.strictObject({ digits: z.string().regex(/^[0-9*#A-D]{1,64}$/, 'must be keys of a telephone: 0-9 * #') })
const sayBody = z.strictObject({ text: z.string().trim().min(1).max(1_000) })

/** The people at the telephones, below `/sim/phones` and `/sim/calls`. */
export function peopleRouter({ account, callbook, exchange, inbox, phones, sound, store, transcripts }: Deps): Router {
  const router = Router()
  router.use(express.json({ limit: '64kb' }))

  router.param('address', (_req, _res, next, address: string) => {
    if (!isPhoneNumber(address) && !/^client:[\w.@+-]{1,120}$/.test(address))
      throw new Problem(422, 'Unprocessable Content', `${address} is neither an E.164 number nor client:<identity>.`)
    next()
  })

  const view = (call: Call) => ({
    callSid: call.sid,
    from: call.from,
    to: call.to,
    direction: call.direction,
    status: call.status,
    createdAt: call.createdAt,
    ringingAt: call.ringingAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    answeredBy: call.answeredBy,
    company: exchange.leg(call.sid)?.company ?? 'none',
    /** Whether keys that are pressed now reach a Gather. */
    listening: exchange.leg(call.sid)?.listening ?? false,
    transcript: transcripts.of(call.sid),
  })
  const callsOf = (address: string) => callbook.list().filter((c) => remoteParty(c) === address)

  router
    .route('/phones/:address')
    .put(async (req, res) => {
      const persona = parse(personaBody, req.body)
      phones.setPersona(req.params.address, persona)
      await store.durable()
      res.json({ phone: req.params.address, ...persona })
    })
    .get((req, res) => {
      const { address } = req.params
      const current = callsOf(address).find((c) => !isOver(c.status) && c.status !== 'queued')
      res.json({ phone: address, ...phones.persona(address), rings: phones.rings(address).length, currentCall: current ? view(current) : null })
    })

  router.get('/phones/:address/rings', (req, res) => void res.json(phones.rings(req.params.address)))
  router.get('/phones/:address/messages', (req, res) => {
    res.json(inbox.of(req.params.address).map(({ sid, from, body, createdAt }) => ({ at: createdAt, sid, from, body })))
  })
  router
    .route('/phones/:address/calls')
    .get((req, res) => void res.json(callsOf(req.params.address).map(view)))
    .post(async (req, res) => {
      const { to } = parse(dialBody, req.body)
      if (!account.numbers.includes(to)) throw new Problem(422, 'Unprocessable Content', `to: ${to} is not a number of the account.`)
      if (!account.voiceUrl) throw new Problem(409, 'Conflict', 'Nobody answers these numbers: SIMULATOR_VOICE_URL is not set.')
      const call = exchange.place({
        from: req.params.address,
        to,
        direction: 'inbound',
        instructions: { url: account.voiceUrl, twiml: null, method: 'POST', fallbackUrl: null, fallbackMethod: 'POST' },
      })
      await store.durable()
      res.status(201).json({ callSid: call.sid })
    })

  router.get('/calls/:sid', (req, res) => void res.json(view(mustGet(req.params.sid))))

  const mustGet = (sid: string): Call => {
    const call = callbook.get(sid)
    if (!call) throw new Problem(404, 'Not Found', `There is no call ${sid}.`)
    return call
  }
  /** The living call, if it is in the state that the deed needs. */
  const legIn = (sid: string, ...states: Call['status'][]): Leg => {
    const call = mustGet(sid)
    const leg = exchange.leg(sid)
    if (!leg || !states.includes(call.status)) throw new Problem(409, 'Conflict', `The call is ${call.status}.`)
    return leg
  }
  const done = async (sid: string) => {
    await store.durable()
    return view(mustGet(sid))
  }

  router.post('/calls/:sid/answer', async (req, res) => {
    legIn(req.params.sid, 'ringing').emit('pickup')
    res.json(await done(req.params.sid))
  })
  router.post('/calls/:sid/decline', async (req, res) => {
    legIn(req.params.sid, 'ringing').emit('decline')
    res.json(await done(req.params.sid))
  })
  router.post('/calls/:sid/hangup', async (req, res) => {
    legIn(req.params.sid, 'ringing', 'in-progress')
    exchange.hangUp(req.params.sid)
    res.json(await done(req.params.sid))
  })
  router.post('/calls/:sid/digits', async (req, res) => {
    const { digits } = parse(digitsBody, req.body)
    legIn(req.params.sid, 'in-progress').press(digits)
    res.json(await done(req.params.sid))
  })
  router.post('/calls/:sid/say', async (req, res) => {
    const { text } = parse(sayBody, req.body)
    legIn(req.params.sid, 'in-progress').speak(text)
    res.json(await done(req.params.sid))
  })

  router
    .route('/calls/:sid/sound')
    .get((req, res) => streamSound(sound, legIn(req.params.sid, 'ringing', 'in-progress'), res))
    .post((req, res) => passDescription(sound, legIn(req.params.sid, 'ringing', 'in-progress'), req, res))

  return router
}
