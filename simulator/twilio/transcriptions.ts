import { Router } from 'express'
import type { Callbook } from '../network/callbook'
import type { Transcriptions } from '../network/transcriptions'
import type { Store } from '../store'
import { badRequest, notFound } from './error'
import { formOf } from './form'
import type { TwilioJson } from './json'

interface Deps {
  callbook: Callbook
  transcriptions: Transcriptions
  json: TwilioJson
  store: Store
}

/** Real-time transcription of a live call. */
export function transcriptionsRouter({ callbook, transcriptions, json, store }: Deps): Router {
  const router = Router()
  router.post('/Calls/:Call/Transcriptions.json', async (req, res) => {
    const call = callbook.get(req.params.Call)
    if (!call) throw notFound(`${json.base}${req.path}`)
    if (call.status !== 'in-progress') throw badRequest(21220, 'Requested resource is not eligible for transcription')
    const form = formOf(req.body)
    const url = form.text('StatusCallbackUrl')
    const transcription = transcriptions.start({
      callSid: call.sid,
      name: form.text('Name') ?? null,
      language: form.text('LanguageCode') ?? 'en-US',
      callback: url ? { url, method: form.text('StatusCallbackMethod') === 'GET' ? 'GET' : 'POST' } : null,
    })
    await store.durable()
    res.status(201).json(json.transcription(transcription))
  })
  router.post('/Calls/:Call/Transcriptions/:Sid.json', async (req, res) => {
    const found = transcriptions.get(req.params.Sid)
    if (found?.callSid !== req.params.Call) throw notFound(`${json.base}${req.path}`)
    const status = formOf(req.body).text('Status')
    if (status !== 'stopped') throw badRequest(20001, `Invalid Status: ${status}`)
    const after = transcriptions.stop(found.sid)
    await store.durable()
    res.json(json.transcription(after))
  })
  return router
}
