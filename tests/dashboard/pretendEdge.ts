import express, { type Express, type Response } from 'express'

interface PretendLine {
  at: string
  who: string
  kind: string
  text: string
}

export interface PretendEdge {
  app: Express
  /** Where it listens, once it does. */
  url(): string
  /** Every leg that was dialled, in order, by case. */
  legs: { callSid: string; caseId: string; state: string; muted: boolean }[]
  heard(who: string, text: string): void
}

/** The softphone's edge as a browser sees it; nobody is at the other end. */
export function createPretendEdge(address: () => string): PretendEdge {
  const app = express()
  const legs: PretendEdge['legs'] = []
  const lines: PretendLine[] = []
  const watchers = new Map<string, Set<Response>>()

  const tell = (callSid: string, event: string, data: unknown) => {
    for (const response of watchers.get(callSid) ?? []) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const find = (callSid: unknown) => legs.find((leg) => leg.callSid === callSid && leg.state !== 'closed')
  const heard = (who: string, text: string) => {
    const line = { at: new Date().toISOString(), who, kind: 'speech', text }
    lines.push(line)
    for (const leg of legs) tell(leg.callSid, 'transcript', line)
  }

  app.use((request, response, next) => {
    response.set({
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Headers': 'authorization, content-type',
      'Access-Control-Allow-Methods': 'GET, POST, DELETE',
    })
    if (request.method === 'OPTIONS') return void response.status(204).end()
    next()
  })
  app.use(express.json())
  app.post('/sim/softphone/calls', (request, response) => {
    const leg = { callSid: `CA${legs.length + 1}`, caseId: String(request.body.params.caseId), state: 'open', muted: false }
    legs.push(leg)
    response.status(201).json({ callSid: leg.callSid })
  })
  app.get('/sim/softphone/calls/:sid/events', (request, response) => {
    const leg = find(request.params.sid)
    if (!leg) return void response.status(409).json({ title: 'Conflict', status: 409 })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const watching = watchers.get(leg.callSid) ?? new Set()
    watchers.set(leg.callSid, watching.add(response))
    response.on('close', () => watching.delete(response))
    tell(leg.callSid, 'state', leg)
    for (const line of lines) tell(leg.callSid, 'transcript', line)
  })
  app.post('/sim/softphone/calls/:sid/:action', (request, response) => {
    const leg = find(request.params.sid)
    if (!leg) return void response.status(409).json({ title: 'Conflict', status: 409 })
    if (request.params.action === 'mute') leg.muted = Boolean(request.body.muted)
    if (request.params.action === 'say') heard('client:agent-1', String(request.body.text))
    tell(leg.callSid, 'state', leg)
    response.json(leg)
  })
  app.delete('/sim/softphone/calls/:sid', (request, response) => {
    const leg = find(request.params.sid)
    if (leg) {
      leg.state = 'closed'
      tell(leg.callSid, 'state', leg)
    }
    response.status(204).end()
  })
  return { app, url: address, legs, heard }
}
