import { Router } from 'express'
import type { MonitoringView } from '../../api/supervision/monitoring'
import type { Wallboard } from '../../dashboard/src/api/supervision'
import { defaultPolicy } from '../../domain/policy'
import { pretendSummary } from './pretendSummary'
import { at, pretendClosedCase, pretendPeople, pretendTimeline } from './pretendTimeline'

const promise = { today: { kept: 212, broken: 3, percent: 98.6 }, lastHour: { kept: 40, broken: 0, percent: 100 } }
/** Twelve hours with a busy noon, one of them bad and one without any call. */
const byHour = [4, 0, 12, 18, 25, 31, 38, 29, 22, 17, 14, 5].map((judged, index) => {
  const broken = index === 6 ? 3 : 0
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - (11 - index) * 3_600_000).toISOString()
  return { hour, kept: judged - broken, broken, percent: judged === 0 ? null : Math.round((1_000 * (judged - broken)) / judged) / 10 }
})
const agents: Wallboard['agents'] = Object.entries(pretendPeople)
  .filter(([id]) => id.startsWith('agent'))
  .map(([id, name], index) => ({
    id,
    name,
    status: (['busy', 'available', 'break'] as const)[index] ?? ('offline' as const),
    reason: null,
    since: new Date(Date.now() - 90_000).toISOString(),
    caseId: null,
    chats: 0,
    chatLimit: 3,
  }))

const quiet = { live: false, monitors: [], help: null }

const pretendRecordings = [
  {
    attemptId: 'attempt-1',
    number: 1,
    recordingSid: `RE${'0'.repeat(32)}`,
    status: 'completed',
    seconds: 34,
    channels: 2,
    transcribed: true,
    consentAt: '2026-11-22T09:08:28.000Z',
    consentWording: '2026-11',
    deletedAt: null,
  },
]

const refused = { reason: 'ledger_refused', kind: 'release', paymentId: 'pay_77', said: 'the account is closed' } as const

export function pretendWallboard(): Wallboard {
  const soon = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
  return {
    at: new Date().toISOString(),
    waiting: 2,
    ringing: 1,
    talking: 1,
    wrapUp: 0,
    needsAttention: 1,
    openCases: 4,
    longestWaitSeconds: 42,
    abandoned: { calls: 2, live: 310, percent: 0.65, limitPercent: 3 },
    promise: { ...promise, byHour },
    agents,
    cases: [
      { caseId: 'case_0a1b2c3d4e5f60718293', status: 'received', deadline: soon(-12), firstRingAt: null, priority: 100, needsAttention: null, agent: null, ...quiet },
      {
        caseId: 'case_1a1b2c3d4e5f60718293',
        status: 'calling',
        deadline: soon(45),
        firstRingAt: null,
        priority: 84,
        needsAttention: null,
        agent: { id: 'agent-1', name: 'Agent One' },
        ...quiet,
      },
      {
        caseId: 'case_2a1b2c3d4e5f60718293',
        status: 'talking',
        deadline: soon(100),
        firstRingAt: soon(-30),
        priority: 81,
        needsAttention: null,
        agent: { id: 'agent-1', name: 'Agent One' },
        live: true,
        monitors: [{ id: 'supervisor-2', name: 'Supervisor Two', mode: 'listen' as const }],
        help: { reason: 'wants my superior', askedAt: soon(-5), answeredBy: null },
      },
      {
        caseId: 'case_3a1b2c3d4e5f60718293',
        status: 'settling',
        deadline: soon(-100),
        firstRingAt: soon(-60),
        priority: 70,
        needsAttention: refused,
        agent: null,
        ...quiet,
      },
    ],
    alerts: [
      {
        id: 'a1',
        kind: 'promise_broken',
        caseId: 'case_0a1b2c3d4e5f60718293',
        at: soon(-12),
        paymentId: 'pay_9',
        step: 'agent_search',
      },
      { id: 'a2', kind: 'needs_attention', caseId: 'case_3a1b2c3d4e5f60718293', at: soon(-60), attention: refused },
    ],
  }
}

/** The supervisor's and the administrator's endpoints, with data that never changes. */
export function pretendSupervision(joined: () => MonitoringView | null): Router {
  const router = Router()
  router.get('/supervision/wallboard', (_request, response) => void response.json(pretendWallboard()))
  router.get('/supervision/events', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`event: wallboard\ndata: ${JSON.stringify(pretendWallboard())}\n\n`)
  })
  const saved: { id: string; name: string; filter: object; shared: boolean; owner: { id: string; name: string } }[] = []
  router.get('/supervision/saved-filters', (_request, response) => void response.json({ filters: saved }))
  router.post('/supervision/saved-filters', (request, response) => {
    saved.push({ id: `filter-${saved.length}`, owner: { id: 'supervisor-1', name: 'Sun' }, ...request.body })
    response.status(201).json({ filters: saved })
  })
  router.get('/supervision/cases/:caseId/legal-hold', (_request, response) => void response.json({ legalHold: null }))
  router.get('/supervision/cases/:caseId/recordings', (_request, response) => void response.json({ recordings: pretendRecordings }))
  router.get('/supervision/monitoring', (_request, response) => void response.json({ monitoring: joined() }))
  router.get('/supervision/cases/:id/transcript', (_request, response) => {
    const line = (seconds: number, speaker: string, text: string, confidence = 0.95) => ({ attemptId: 'attempt-1', seconds, speaker, text, confidence })
    response.json({ lines: [line(2, 'company', '您好，请问是李先生吗？'), line(5, 'payer', '是的，我是。'), line(9, 'company', 'Was the payment of 12,900 yuan yours?'), line(14, 'payer', 'No, that was not me.', 0.41)] })
  })
  // CSV stops half way, so that it can be given up; JSON comes whole.
  router.get('/supervision/histories/export', ({ query }, response) => {
    response.set('X-Total-Count', '3').attachment(`call-histories.${String(query.format)}`)
    if (query.format === 'json') response.type('application/json').send('[{"caseId":"a"},{"caseId":"b"},{"caseId":"c"}]')
    else response.type('text/csv').write('caseId\r\na\r\n')
  })
  router.get('/supervision/histories', (request, response) => {
    const { q, cursor } = request.query
    if (q === 'nothing') return void response.json({ cases: [], nextCursor: null })
    const from = cursor === 'second' ? 12 : 0
    response.json({ cases: Array.from({ length: 12 }, (_, index) => pretendSummary(from + index)), nextCursor: from === 0 ? 'second' : null })
  })
  router.get('/supervision/cases/case-closed', (_request, response) => void response.json(pretendClosedCase))
  router.get('/supervision/cases/case-closed/timeline', (_request, response) => void response.json({ events: pretendTimeline, people: pretendPeople }))
  router.post('/supervision/audit/verify', (_request, response) => void response.json({ ok: true, entries: 1_234, lanes: 16 }))
  let dialling = { paused: false, reason: null as string | null, changedBy: null as string | null, changedAt: null as string | null }
  router.get('/supervision/dialling', (_request, response) => void response.json(dialling))
  router.put('/supervision/dialling', (request, response) => {
    const { paused, reason } = request.body as { paused: boolean; reason?: string }
    dialling = { paused, reason: reason ?? null, changedBy: 'supervisor:supervisor-1', changedAt: new Date().toISOString() }
    response.json(dialling)
  })
  router.get('/supervision/do-not-call', (_request, response) => {
    response.json({ numbers: [{ phone: '+8613800000009', reason: 'Asked by letter', addedBy: 'supervisor:supervisor-1', addedAt: at(0) }] })
  })
  const disclosure = {
    caseId: 'case-d',
    status: 'package_ready',
    outcome: null,
    authority: 'Court of Hangzhou',
    officer: 'Judge Zhao',
    reference: 'HZ-2026-17',
    basis: 'court_order',
    persons: ['li-1001'],
    fields: ['name', 'payments'],
    period: { from: at(-30 * 86_400), until: at(0) },
    deadline: at(5 * 86_400),
    reason: 'Proceedings against an impostor',
    informAt: null,
    informedAt: null,
    requestedBy: 'compliance:compliance-1',
    openedAt: at(0),
    document: { name: 'order.pdf', sha256: 'ab'.repeat(32) },
    refusal: null,
    package: { sha256: 'cd'.repeat(32), expiresAt: at(14 * 86_400), there: true },
    views: [{ link: '0123456789ab', madeBy: 'compliance:compliance-1', madeAt: at(60), expiresAt: at(86_400), usedAt: at(600) }],
  }
  router.get('/disclosures', (_request, response) => void response.json({ disclosures: [disclosure, { ...disclosure, caseId: 'case-e', status: 'received', document: null, package: null }] }))
  router.get('/disclosures/:id', (_request, response) => void response.json(disclosure))
  router.get('/supervision/guidance', (_request, response) => {
    const count = (key: string, guided: number, looked: number, raised: number, name: string | null = null) => ({ key, name, guided, looked, raised })
    response.json({
      from: at(-30 * 86_400),
      until: at(0),
      all: count('', 48, 40, 9),
      byAgent: [count('agent-1', 30, 25, 7, 'Agent One'), count('agent-2', 18, 15, 2, 'Agent Two')],
      byScript: [count('callback/zh-CN@3', 28, 23, 7), count('callback/zh-CN@0', 12, 10, 1), count('callback/en@0', 8, 7, 1)],
      byAdvice: [count('digitalCertificate', 31, 26, 7), count('realNameVerified', 20, 17, 2), count('phoneBound', 6, 5, 0)],
    })
  })
  const version = { version: 1, body: defaultPolicy, createdBy: 'system:seed', createdByName: null as string | null, createdAt: at(0) }
  let versions = [version]
  router.get('/admin/policy', (_request, response) => void response.json({ current: versions[0], versions }))
  router.post('/admin/policy', (request, response) => {
    versions = [
      { version: versions.length + 1, body: request.body as typeof defaultPolicy, createdBy: 'admin:admin-1', createdByName: 'Admin One', createdAt: new Date().toISOString() },
      ...versions,
    ]
    response.status(201).json(versions[0])
  })
  router.get('/admin/users', (_request, response) => {
    response.json({
      users: [
        {
          id: 'agent-1',
          email: 'agent@demo.example',
          name: 'Agent One',
          role: 'agent',
          languages: ['zh', 'en'],
          skills: ['scam'],
          active: true,
          createdAt: at(0),
          version: 1,
          sessions: 1,
          waysIn: ['password'],
          link: null,
        },
      ],
    })
  })
  router.get('/admin/api-keys', (_request, response) => {
    response.json({ apiKeys: [{ id: 'key-1', name: 'Risk engine', scopes: ['risk-engine'], createdAt: at(0), expiresAt: null, revokedAt: null, lastUsedAt: at(60), lastUsedFrom: '192.0.2.7' }] })
  })
  router.post('/admin/api-keys/forecast', (_request, response) => void response.json({ others: [{ scope: 'risk-engine', keys: 2 }] }))
  router.post('/admin/api-keys', (request, response) => {
    response.status(201).json({ id: 'key-2', ...(request.body as object), createdAt: at(0), expiresAt: null, revokedAt: null, key: 'rc_shown_once_0123456789' })
  })
  router.get('/admin/event-receiver', (_request, response) => {
    response.json({ url: 'https://risk.example/events', waiting: 3, dead: 1, lastDeliveredAt: new Date().toISOString() })
  })
  router.get('/admin/outbound-events', (_request, response) => {
    response.json({
      events: [
        {
          id: 'ev-1',
          caseId: 'case-closed',
          type: 'risk-callback.case.closed',
          status: 'dead',
          attempts: 12,
          nextAt: at(0),
          lastError: '500 from the receiver',
          createdAt: at(0),
          deliveredAt: null,
        },
      ],
      nextCursor: null,
    })
  })
  return router
}
