import type { Response } from 'express'
import { setInterval as every, clearInterval as cease } from 'node:timers'
import type { Leg, Line } from '../network/leg'

/** What the browser shows of its own call. */
export interface SoftphoneState {
  callSid: string
  state: 'connecting' | 'ringing' | 'open' | 'closed'
  muted: boolean
  participants: string[]
  company: string
}

const keepAliveMs = 15_000

/** Starts a stream of server-sent events and keeps it from looking idle. */
export function openEventStream(res: Response): void {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  // A stream that has nothing to tell yet is open all the same.
  res.flushHeaders()
  const beat = every(() => res.write(': still here\n\n'), keepAliveMs)
  res.on('close', () => cease(beat))
}

export function sendEvent(res: Response, event: string, data: object): void {
  res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** Writes a leg's life to an open stream, beginning with what has been said already. */
export function streamEvents(res: Response, leg: Leg, current: () => SoftphoneState, past: Line[], onClose: () => void): void {
  const state = () => sendEvent(res, 'state', current())
  const line = ({ at, who, kind, text }: Line) => sendEvent(res, 'transcript', { at, who, kind, text })

  state()
  past.forEach(line)
  leg.on('status', state).on('muted', state).on('participants', state).on('company', state).on('line', line)
  const leave = () => {
    leg.off('status', state).off('muted', state).off('participants', state).off('company', state).off('line', line)
    leg.over.signal.removeEventListener('abort', finished)
  }
  const finished = () => {
    // The leg speaks once more after its end; nothing may be written to an ended stream.
    leave()
    state()
    res.end()
  }
  leg.over.signal.addEventListener('abort', finished, { once: true })
  res.on('close', () => {
    leave()
    onClose()
  })
}
