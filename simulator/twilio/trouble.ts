import type { RequestHandler, Response } from 'express'
import { setTimeout as schedule, clearTimeout as cancel } from 'node:timers'
import type { Faults } from '../faults'
import { TwilioError } from './error'

/** Lets the provider fail as it was told to, before or after it has done what was asked. */
export function twilioTrouble(faults: Faults): RequestHandler {
  return (req, res, next) => {
    if (faults.strikes('answer429')) throw new TwilioError(429, 20429, 'Too many requests')
    if (faults.strikes('answer500')) throw outage()
    if (req.method === 'GET') return next()
    if (faults.strikes('hangBeforeAccepting')) return hang(res, faults)
    if (faults.strikes('hang')) swallowAnswer(res, () => hang(res, faults))
    else if (faults.strikes('answer500AfterAccepting')) swallowAnswer(res, (send) => send(500, outage().body()))
    next()
  }
}

const outage = () => new TwilioError(500, 20500, 'An internal server error has occurred')

/** Lets the handler do its work, and puts something else in place of its success. */
export function swallowAnswer(res: Response, instead: (send: (status: number, body: object) => void) => void): void {
  const json = res.json.bind(res)
  const end = res.end.bind(res)
  const answer = (status: number, body: unknown) => {
    res.end = end
    res.status(status)
    json(body)
  }
  // An error of the client's is told as it is: nothing was accepted.
  res.json = (body: unknown) => {
    if (res.statusCode < 400) instead(answer)
    else answer(res.statusCode, body)
    return res
  }
  res.end = ((...args: Parameters<Response['end']>) => {
    if (res.statusCode === 204) instead(answer)
    else end(...args)
    return res
  }) as Response['end']
}

/** Leaves the request without an answer until the client goes, or cuts the connection after `hangMs`. */
export function hang(res: Response, faults: Faults): void {
  const ms = faults.milliseconds('hangMs')
  if (ms === 0) return
  const timer = schedule(() => res.destroy(), ms)
  res.on('close', () => cancel(timer))
}
