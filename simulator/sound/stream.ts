import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Leg } from '../network/leg'
import { parse } from '../problem'
import { openEventStream, sendEvent } from '../softphone/events'
import type { SoundDesk } from './soundDesk'

const passBody = z.strictObject({
  link: z.string().regex(/^\d+-\d+$/),
  description: z.strictObject({ type: z.enum(['offer', 'answer']), sdp: z.string().min(1).max(20_000) }),
})

/** A page that opens this stream has its microphone ready; it carries the leg's sound until it closes it. */
export function streamSound(desk: SoundDesk, leg: Leg, res: Response): void {
  openEventStream(res)
  const detach = desk.attach(leg, (event, data) => {
    if (res.writableEnded) return
    sendEvent(res, event, data)
    if (event === 'replaced') res.end()
  })
  const finished = () => res.end()
  leg.over.signal.addEventListener('abort', finished, { once: true })
  res.on('close', () => {
    leg.over.signal.removeEventListener('abort', finished)
    detach()
  })
}

export function passDescription(desk: SoundDesk, leg: Leg, req: Request, res: Response): void {
  const { link, description } = parse(passBody, req.body)
  desk.pass(leg.sid, link, description)
  res.status(204).end()
}
