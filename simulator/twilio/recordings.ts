import { Router } from 'express'
import type { Callbook } from '../network/callbook'
import type { Conferences } from '../network/conferences'
import type { Recording, Recordings } from '../network/recordings'
import { hum } from '../network/wav'
import type { Store } from '../store'
import { recordingOf } from './calls'
import { badRequest, notFound } from './error'
import { formOf } from './form'
import type { TwilioJson } from './json'
import { between, page } from './paging'

interface Deps {
  callbook: Callbook
  conferences: Conferences
  recordings: Recordings
  json: TwilioJson
  store: Store
}

export function recordingsRouter({ callbook, conferences, recordings, json, store }: Deps): Router {
  const router = Router()
  const owned = (path: string, owner: string, sid: string): Recording => {
    const mine = recordings.list().filter((r) => r.callSid === owner || r.conferenceSid === owner)
    // `Twilio.CURRENT` is the one that runs now.
    const found = sid === 'Twilio.CURRENT' ? mine.find((r) => r.status === 'in-progress' || r.status === 'paused') : mine.find((r) => r.sid === sid)
    if (!found) throw notFound(`${json.base}${path}`)
    return found
  }
  const show = (r: Recording) => json.recording(r, recordings)
  const showTop = (r: Recording) => json.recording(r, recordings, true)

  router.post('/Calls/:Sid/Recordings.json', async (req, res) => {
    const call = callbook.get(req.params.Sid)
    if (!call) throw notFound(`${json.base}${req.path}`)
    if (call.status !== 'in-progress') throw badRequest(21220, 'Requested resource is not eligible for recording')
    const form = formOf(req.body)
    const recording = recordings.start({
      callSid: call.sid,
      conferenceSid: null,
      source: 'StartCallRecordingAPI',
      ...recordingOf(form, 'do-not-trim'),
    })
    await store.durable()
    res.status(201).json(show(recording))
  })

  for (const owner of ['Calls', 'Conferences'] as const) {
    router.get(`/${owner}/:Owner/Recordings.json`, (req, res) => {
      const { Owner } = req.params
      if (!(owner === 'Calls' ? callbook.get(Owner) : conferences.get(Owner))) throw notFound(`${json.base}${req.path}`)
      const rows = recordings
        .list()
        .filter((r) => (owner === 'Calls' ? r.callSid : r.conferenceSid) === Owner && between(req.query, 'DateCreated', r.createdAt))
      res.json(page(req, 'recordings', rows, (r) => r.sid, show))
    })
    router.get(`/${owner}/:Owner/Recordings/:Sid.json`, (req, res) => {
      const { Owner, Sid } = req.params
      res.json(show(owned(req.path, Owner, Sid)))
    })
    router.post(`/${owner}/:Owner/Recordings/:Sid.json`, async (req, res) => {
      const { Owner, Sid } = req.params
      const recording = owned(req.path, Owner, Sid)
      if (recording.status !== 'in-progress' && recording.status !== 'paused') throw badRequest(21220, 'The recording has ended')
      const status = formOf(req.body).text('Status')
      const act = { 'in-progress': recordings.resume, paused: recordings.pause, stopped: recordings.finish }[status ?? '']
      if (!act) throw badRequest(20001, `Invalid Status: ${status}`)
      const after = act(recording.sid)
      await store.durable()
      res.json(show(after))
    })
    router.delete(`/${owner}/:Owner/Recordings/:Sid.json`, async (req, res) => {
      const { Owner, Sid } = req.params
      recordings.remove(owned(req.path, Owner, Sid).sid)
      await store.durable()
      res.status(204).end()
    })
  }

  router.get('/Recordings.json', (req, res) => {
    const q = req.query as Record<string, string | undefined>
    const fits = (r: Recording) =>
      (!q.CallSid || r.callSid === q.CallSid) && (!q.ConferenceSid || r.conferenceSid === q.ConferenceSid) && between(q, 'DateCreated', r.createdAt)
    res.json(page(req, 'recordings', recordings.list().filter(fits), (r) => r.sid, showTop))
  })

  const find = (path: string, sid: string): Recording => {
    const recording = recordings.get(sid)
    if (!recording) throw notFound(`${json.base}${path}`)
    return recording
  }
  router.get('/Recordings/:Sid.json', (req, res) => void res.json(showTop(find(req.path, req.params.Sid))))
  router.get(['/Recordings/:Sid.wav', '/Recordings/:Sid'], (req, res) => {
    const recording = find(req.path, (req.params as { Sid: string }).Sid)
    if (recording.status !== 'completed') throw notFound(`${json.base}${req.path}`)
    const sound = hum(recordings.seconds(recording), recording.channels)
    const wanted = req.range(sound.length)
    const part = Array.isArray(wanted) && wanted.length === 1 ? wanted[0] : undefined
    res.type('audio/wav').set('Accept-Ranges', 'bytes')
    if (!part) return void res.send(sound)
    res.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${sound.length}`).send(sound.subarray(part.start, part.end + 1))
  })
  router.delete('/Recordings/:Sid.json', async (req, res) => {
    recordings.remove(find(req.path, req.params.Sid).sid)
    await store.durable()
    res.status(204).end()
  })

  return router
}
