import { Router } from 'express'
import { type Account, numberSid } from '../account'
import { apiVersion } from '../network/callbook'
import type { Inbox } from '../people/inbox'
import type { Store } from '../store'
import { badRequest, notFound } from './error'
import { formOf, isPhoneNumber } from './form'
import type { TwilioJson } from './json'
import { page } from './paging'

export function messagesRouter({ account, inbox, json, store }: { account: Account; inbox: Inbox; json: TwilioJson; store: Store }): Router {
  const router = Router()

  router.post('/Messages.json', async (req, res) => {
    const form = formOf(req.body)
    const to = form.text('To')
    const from = form.text('From')
    const body = form.text('Body')
    if (to === null) throw badRequest(21604, "A 'To' phone number is required.")
    if (!isPhoneNumber(to)) throw badRequest(21211, `The 'To' number ${to} is not a valid phone number.`)
    if (from === null) throw badRequest(21603, "A 'From' phone number is required.")
    if (!account.numbers.includes(from))
      throw badRequest(21606, `The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number.`)
    if (body === null) throw badRequest(21602, 'Message body is required.')
    if (body.length > 1_600) throw badRequest(21617, 'The concatenated message body exceeds the 1600 character limit.')
    const message = inbox.send({ to, from, body, callback: form.callback('StatusCallback', 'result') })
    await store.durable()
    res.status(201).json(json.message(message))
  })

  router.get('/Messages/:Sid.json', (req, res) => {
    const message = inbox.get(req.params.Sid)
    if (!message) throw notFound(`${json.base}${req.path}`)
    res.json(json.message(message))
  })

  router.get('/IncomingPhoneNumbers.json', (req, res) => {
    const wanted = req.query.PhoneNumber
    const rows = account.numbers.filter((n) => typeof wanted !== 'string' || n.includes(wanted.replaceAll('*', '')))
    res.json(page(req, 'incoming_phone_numbers', rows, numberSid, (number) => incomingNumber(number, account, json.base)))
  })

  return router
}

function incomingNumber(number: string, account: Account, base: string) {
  return {
    sid: numberSid(number),
    account_sid: account.sid,
    friendly_name: number,
    phone_number: number,
    api_version: apiVersion,
    beta: false,
    capabilities: { voice: true, sms: true, mms: false, fax: false },
    voice_url: account.voiceUrl,
    voice_method: 'POST',
    voice_fallback_url: null,
    voice_fallback_method: 'POST',
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_receive_mode: 'voice',
    status_callback: null,
    status_callback_method: 'POST',
    sms_url: null,
    sms_method: 'POST',
    sms_fallback_url: null,
    sms_fallback_method: 'POST',
    sms_application_sid: null,
    origin: 'twilio',
    trunk_sid: null,
    identity_sid: null,
    address_sid: null,
    address_requirements: 'none',
    bundle_sid: null,
    emergency_status: 'Inactive',
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    status: 'in-use',
    date_created: null,
    date_updated: null,
    uri: `${base}/IncomingPhoneNumbers/${numberSid(number)}.json`,
  }
}
