import { Router } from 'express'
import type { Account } from '../account'
import type { Seat } from '../network/call'
import type { Callbook } from '../network/callbook'
import type { Conference, Participant } from '../network/conference'
import type { Conferences } from '../network/conferences'
import type { Exchange } from '../network/exchange'
import type { Store } from '../store'
import { addresses, detectionOf, recordingOf } from './calls'
import { badRequest, notFound } from './error'
import { type Form, formOf } from './form'
import type { TwilioJson } from './json'
import { between, page } from './paging'

interface Deps {
  account: Account
  callbook: Callbook
  conferences: Conferences
  exchange: Exchange
  json: TwilioJson
  store: Store
}

export function conferencesRouter({ account, callbook, conferences, exchange, json, store }: Deps): Router {
  const router = Router()
  const find = (sid: string): Conference => {
    const conference = conferences.get(sid)
    if (!conference) throw notFound(`${json.base}/Conferences/${sid}.json`)
    return conference
  }
  const findParticipant = (sid: string, who: string): Participant => {
    const participant = conferences.participant(find(sid).sid, who)
    if (!participant) throw notFound(`${json.base}/Conferences/${sid}/Participants/${who}.json`)
    return participant
  }
  const show = (p: Participant) => json.participant(p, callbook.get(p.callSid))

  router.get('/Conferences.json', (req, res) => {
    const q = req.query as Record<string, string | undefined>
    const fits = (c: Conference) =>
      (!q.FriendlyName || c.friendlyName === q.FriendlyName) &&
      (!q.Status || c.status === q.Status) &&
      between(q, 'DateCreated', c.createdAt) &&
      between(q, 'DateUpdated', c.updatedAt)
    res.json(page(req, 'conferences', conferences.list().filter(fits), (c) => c.sid, json.conference))
  })

  router.get('/Conferences/:Sid.json', (req, res) => void res.json(json.conference(find(req.params.Sid))))

  router.post('/Conferences/:Sid.json', async (req, res) => {
    const conference = find(req.params.Sid)
    const form = formOf(req.body)
    const status = form.text('Status')
    if (status !== null && status !== 'completed') throw badRequest(20001, `Invalid Status: ${status}`)
    const announce = form.url('AnnounceUrl')
    if (announce) conferences.announce(conference.sid, null, { url: announce, method: form.method('AnnounceMethod') })
    if (status) conferences.end(conference.sid)
    await store.durable()
    res.json(json.conference(find(conference.sid)))
  })

  router.post('/Conferences/:Sid/Participants.json', async (req, res) => {
    const form = formOf(req.body)
    const { to, from } = addresses(form, account)
    const given = req.params.Sid
    const bySid = /^CF[0-9a-f]{32}$/i.test(given)
    if (bySid && find(given).status === 'completed') throw badRequest(21220, 'The conference has ended')
    const seat = seatOf(form, bySid ? find(given).friendlyName : given)
    const conference = conferences.open(seat.friendlyName, seat)
    const call = store.together(() => {
      const placed = exchange.place({
        to,
        from,
        direction: 'outbound-api',
        seat,
        callback: form.callback('StatusCallback', 'call'),
        timeoutSeconds: form.whole('Timeout', 60, 5, 600),
        timeLimitSeconds: form.whole('TimeLimit', 14_400, 1, 86_400),
        detection: detectionOf(form, 'AmdStatusCallback'),
        recording: form.flag('Record') ? recordingOf(form, 'trim-silence') : null,
      })
      conferences.expect(conference.sid, placed.sid, seat)
      return placed
    })
    await store.durable()
    res.status(201).json(show(conferences.participant(conference.sid, call.sid)!))
  })

  router.get('/Conferences/:Sid/Participants.json', (req, res) => {
    const { sid } = find(req.params.Sid)
    const q = req.query as Record<string, string | undefined>
    const is = (name: string, value: boolean) => q[name] === undefined || (q[name] === 'true') === value
    const rows = conferences.participants(sid).filter((p) => is('Muted', p.muted) && is('Hold', p.hold) && is('Coaching', p.coachedCallSid !== null))
    res.json(page(req, 'participants', rows, (p) => p.callSid, show))
  })

  router.get('/Conferences/:Sid/Participants/:Who.json', (req, res) => void res.json(show(findParticipant(req.params.Sid, req.params.Who))))

  router.post('/Conferences/:Sid/Participants/:Who.json', async (req, res) => {
    const participant = findParticipant(req.params.Sid, req.params.Who)
    const form = formOf(req.body)
    const coaching = form.flag('Coaching')
    const coached = form.text('CallSidToCoach')
    if (coached !== null && !conferences.participant(participant.conferenceSid, coached))
      throw badRequest(13240, `The call to coach, ${coached}, is not in the conference`)
    if (coaching === true && coached === null && participant.coachedCallSid === null)
      throw badRequest(20001, 'CallSidToCoach is required when Coaching is true')
    const holdUrl = form.url('HoldUrl')
    const announce = form.url('AnnounceUrl')
    const after = conferences.change(
      participant,
      {
        muted: form.flag('Muted') ?? participant.muted,
        hold: form.flag('Hold') ?? participant.hold,
        endConferenceOnExit: form.flag('EndConferenceOnExit') ?? participant.endConferenceOnExit,
        coachedCallSid: coaching === false ? null : (coached ?? participant.coachedCallSid),
      },
      { url: holdUrl ?? undefined, method: form.method('HoldMethod', 'GET') },
    )
    if (announce) conferences.announce(after.conferenceSid, after.callSid, { url: announce, method: form.method('AnnounceMethod') })
    await store.durable()
    res.json(show(after))
  })

  router.delete('/Conferences/:Sid/Participants/:Who.json', async (req, res) => {
    const participant = findParticipant(req.params.Sid, req.params.Who)
    conferences.remove(participant)
    if (!participant.entered) exchange.hangUp(participant.callSid)
    await store.durable()
    res.status(204).end()
  })

  return router
}

function seatOf(form: Form, friendlyName: string): Seat {
  const record = form.oneOf('ConferenceRecord', ['false', 'do-not-record', 'true', 'record-from-start'], 'false')
  const waitUrl = form.url('WaitUrl')
  const coached = form.text('CallSidToCoach')
  if (form.flag('Coaching') && coached === null) throw badRequest(20001, 'CallSidToCoach is required when Coaching is true')
  return {
    friendlyName,
    label: form.text('Label'),
    muted: form.flag('Muted') ?? false,
    startConferenceOnEnter: form.flag('StartConferenceOnEnter') ?? true,
    endConferenceOnExit: form.flag('EndConferenceOnExit') ?? false,
    beep: form.oneOf('Beep', ['true', 'false', 'onEnter', 'onExit'], 'true'),
    coachedCallSid: form.flag('Coaching') ? coached : null,
    waitUrl: waitUrl ?? undefined,
    waitMethod: form.method('WaitMethod'),
    maxParticipants: form.whole('MaxParticipants', 250, 1, 250),
    callback: form.callback('ConferenceStatusCallback', 'conference', []),
    record: record === 'true' || record === 'record-from-start' ? { channels: 1, callback: form.callback('ConferenceRecordingStatusCallback', 'recording') } : null,
  }
}
