import express, { type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Server } from 'node:http'
import { join } from 'node:path'
import type { MonitoringView } from '../../api/supervision/monitoring'
import type { CaseView } from '../../dashboard/src/api/caseView'
import type { Call, DeskCase, Offer, Presence } from '../../dashboard/src/api/desk'
import type { Role, User } from '../../dashboard/src/api/session'
import { dashboard } from '../../api/dashboard'
import { pretendDisputeRoutes } from './pretendDisputes'
import { createPretendEdge } from './pretendEdge'
import { pretendApprovalRoutes } from './pretendApprovals'
import { pretendDeskCase } from './pretendCase'
import { pretendQualityRoutes } from './pretendQuality'
import { pretendRoutingRoutes } from './pretendRouting'
import { pretendSupervision } from './pretendSupervision'
import { pretendTransferHelpRoutes } from './pretendTransferHelp'
import { pretendDirectory, pretendThirdPartyChoice } from './pretendThirdParty'

export const rightPassword = 'correct horse battery'

/**
 * The API as the dashboard sees it, held still and steered by a test: what is hard to time with the
 * whole product (an offer that runs out, a connection that breaks, an answer that fails) is one line here.
 */
export async function createPretendProduct(options: { port?: number; singleSignOn?: boolean } = {}) {
  const app = express()
  let edgeUrl = ''
  const edge = createPretendEdge(() => edgeUrl)
  const edgeServer = edge.app.listen(0, '127.0.0.1')
  edgeUrl = `http://127.0.0.1:${await portOf(edgeServer)}`
  const streams = new Set<Response>()
  const sessions = new Map<string, User>()
  const requests: { method: string; path: string; body: unknown }[] = []
  const failures = new Map<string, { status: number; body: object }>()
  let presence = presenceOf('offline')
  let view: CaseView | null = null
  let detail: Partial<DeskCase> = {}
  let call: Call | null = null
  let notes: string | null = null
  let down = false
  let joined: MonitoringView | null = null
  const waysToSignIn = { password: true, singleSignOn: options.singleSignOn ?? false }

  const send = (response: Response, event: string, data: unknown) => void response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  const tell = (event: string, data: unknown) => {
    for (const stream of streams) send(stream, event, data)
  }
  function presenceOf(status: Presence['status'], part: Partial<Presence> = {}): Presence {
    const now = new Date().toISOString()
    return { status, reason: null, since: now, leaseUntil: now, caseId: null, wrapUpUntil: null, wrapUpExtended: false, next: 'available', offer: null, chats: [], chatLimit: 3, ...part }
  }
  const setPresence = (next: Presence) => {
    presence = next
    tell('presence', presence)
  }
  const problem = (response: Response, status: number, detailText: string) =>
    void response.status(status).type('application/problem+json').json({ type: 'about:blank', title: 'Problem', status, detail: detailText })

  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { 'connect-src': ["'self'", edgeUrl], 'style-src': ["'self'", "'unsafe-inline'"], 'upgrade-insecure-requests': null },
      },
    }),
  )
  app.use((request, response, next) => (down ? void request.socket.destroy() : next()))
  app.use(express.json())
  app.use('/v1', (request, response, next) => {
    requests.push({ method: request.method, path: request.originalUrl, body: request.body as unknown })
    const failure = failures.get(`${request.method} ${request.originalUrl}`)
    if (failure) return void response.status(failure.status).type('application/problem+json').json(failure.body)
    if (request.path.startsWith('/session') || userOf(request)) return next()
    problem(response, 401, 'Sign in first.')
  })

  const userOf = (request: Request) => sessions.get(/sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '')
  app.get('/v1/session', (request, response) => {
    response.json({ user: userOf(request) ?? null })
  })
  app.get('/v1/session/ways', (_request, response) => void response.json(waysToSignIn))
  app.post('/v1/session', (request, response) => {
    const { email, password } = request.body as { email: string; password: string }
    if (password !== rightPassword) return problem(response, 401, 'The e-mail address or the password is not right.')
    const role = (['supervisor', 'compliance', 'admin'].find((each) => email.startsWith(each)) ?? 'agent') as Role
    const user: User = { id: `${role}-1`, name: `${role[0]?.toUpperCase()}${role.slice(1)} One`, email, role, languages: ['zh-CN', 'en'] }
    const sid = Math.random().toString(36).slice(2)
    sessions.set(sid, user)
    response.setHeader('Set-Cookie', `sid=${sid}; HttpOnly; SameSite=Strict; Path=/`)
    response.json({ user })
  })
  app.delete('/v1/session', (request, response) => {
    sessions.delete(/sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '')
    response.status(204).end()
  })

  app.get('/v1/desk/events', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    streams.add(response)
    response.on('close', () => streams.delete(response))
    send(response, 'presence', presence)
    if (presence.offer) send(response, 'offer', presence.offer)
    if (view && presence.caseId === view.caseId) send(response, 'case', view)
    if (call && presence.caseId === call.caseId) send(response, 'call', call)
  })
  app.put('/v1/desk/presence', (request, response) => {
    const { status, reason } = request.body as { status: 'available'; reason?: string }
    const engaged = presence.status === 'busy' || (presence.status === 'wrap_up' && status !== 'available')
    setPresence(engaged ? { ...presence, next: status } : presenceOf(status, { reason: reason ?? null }))
    response.json(presence)
  })
  app.post('/v1/desk/offers/:id/accept', (request, response) => {
    if (presence.offer?.offerId !== request.params.id) return problem(response, 409, 'This offer was answered already, or its time is up.')
    const { offer } = presence
    setPresence(presenceOf('busy', { caseId: offer.caseId }))
    tell('case', view)
    response.json({ offer, case: view })
  })
  app.post('/v1/desk/offers/:id/decline', (_request, response) => {
    setPresence(presenceOf('available'))
    response.status(204).end()
  })
  app.get('/v1/desk/cases/:id', (_request, response) => {
    if (view) response.json({ ...pretendDeskCase(view), ...detail, notes })
    else problem(response, 404, 'There is no such case.')
  })
  app.get('/v1/cases/:id', (_request, response) => (view ? response.json(view) : problem(response, 404, 'There is no such case.')))
  app.put('/v1/desk/cases/:id/guidance', (_request, response) => void response.status(204).end())
  app.put('/v1/desk/cases/:id/notes', (request, response) => {
    notes = (request.body as { text: string }).text
    response.status(204).end()
  })
  app.post('/v1/desk/cases/:id/verdicts', (request, response) => {
    const { verdicts } = request.body as { verdicts: { paymentId: string; verdict: CaseView['payments'][number]['verdict'] }[] }
    const effect = call?.contactAt ? 'taken' : 'waits_for_contact'
    if (view && effect === 'taken') {
      view = {
        ...view,
        payments: view.payments.map((payment) => {
          const given = verdicts.find(({ paymentId }) => paymentId === payment.paymentId)
          return given ? { ...payment, verdict: given.verdict, decision: 'settling' as const } : payment
        }),
      }
      tell('case', view)
    }
    response.json({ verdicts: verdicts.map((given) => ({ ...given, effect })) })
  })
  app.post('/v1/desk/cases/:id/hang-up', (_request, response) => {
    if (call) {
      call = { ...call, status: 'ended', outcome: call.contactAt ? 'contact' : 'canceled', endedAt: new Date().toISOString() }
      tell('call', call)
    }
    setPresence(presenceOf('wrap_up', { caseId: presence.caseId, wrapUpUntil: new Date(Date.now() + 30_000).toISOString() }))
    response.status(204).end()
  })
  app.post('/v1/desk/cases/:id/hold', (_request, response) => void response.status(204).end())
  app.get(
    '/v1/desk/softphone',
    (_request, response) => void response.json({ provider: 'local', url: edgeUrl, token: 'token', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
  )
  app.get('/v1/desk/cases/:id/third-party', (_request, response) => void response.json(pretendThirdPartyChoice))
  app.get('/v1/directory', (_request, response) => void response.json(pretendDirectory))
  app.use('/v1', pretendSupervision(() => joined))
  app.use('/v1', pretendQualityRoutes())
  app.use('/v1', pretendRoutingRoutes())
  app.use('/v1', pretendApprovalRoutes())
  app.use('/v1', pretendDisputeRoutes())
  app.use('/v1', pretendTransferHelpRoutes())
  app.use('/v1', (request, response) => problem(response, 404, `No ${request.originalUrl} here.`))
  app.use(...dashboard(join(__dirname, '../../dashboard/dist')))

  const server = app.listen(options.port ?? 0, '127.0.0.1')
  const url = `http://127.0.0.1:${await portOf(server)}`
  return {
    url,
    edge,
    requests,
    presence: () => presence,
    setPresence,
    presenceOf,
    /** Puts an offer for this case on the agent's screen. */
    offer(theCase: CaseView, offer: Offer) {
      view = theCase
      call = null
      setPresence({ ...presenceOf('offered', { caseId: theCase.caseId }), offer })
      tell('offer', offer)
    },
    setCall(next: Call | null) {
      call = next
      if (next) tell('call', next)
    },
    setCase(next: CaseView) {
      view = next
      tell('case', next)
    },
    setDetail(part: Partial<DeskCase>) {
      detail = part
    },
    notes: () => notes,
    /** From now on this request (such as `GET /v1/session`) fails so. */
    fail(request: string, status: number, detailText = 'It was told to fail.') {
      failures.set(request, { status, body: { type: 'about:blank', title: 'Problem', status, detail: detailText } })
    },
    mend: () => failures.clear(),
    /** The supervisor who is signed in is in this case's call from now on. */
    join(caseId: string, mode: MonitoringView['mode']) {
      joined = { caseId, mode, startedAt: new Date().toISOString() }
    },
    /** Breaks every connection, and every new one, until it is called with false. */
    cutOff(cut: boolean) {
      down = cut
      if (cut) for (const stream of streams) stream.destroy()
    },
    signEverybodyOut: () => sessions.clear(),
    async close() {
      for (const each of [server, edgeServer]) {
        each.closeAllConnections()
        await new Promise((resolve) => each.close(resolve))
      }
    },
  }
}

export type PretendProduct = Awaited<ReturnType<typeof createPretendProduct>>

async function portOf(server: Server): Promise<number> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}
