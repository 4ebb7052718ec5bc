import { Router } from 'express'
import type { Approval } from '../../dashboard/src/api/approvals'

const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

const open: Approval = {
  approvalId: 'approval-1',
  caseId: 'case-closed',
  kind: 'large_release',
  subject: 'pay-1',
  amount: { amount: 19_000_000, currency: 'CNY' },
  payer: { id: 'zhang-1002', name: '张**' },
  reason: 'bought a car, named the dealer and the plate',
  requestedBy: 'agent:agent-1',
  requestedByName: 'Agent One',
  requestedAt: soon(-1),
  expiresAt: soon(22),
  needed: 1,
  votes: [],
  outcome: null,
  decidedAt: null,
  bar: null,
}

/** One of each sort: to be decided, one's own, half decided, decided. */
export const pretendApprovals: Approval[] = [
  open,
  { ...open, approvalId: 'approval-2', kind: 'unfreeze', requestedBy: 'supervisor:supervisor-1', requestedByName: 'Supervisor One', bar: 'own_request' },
  {
    ...open,
    approvalId: 'approval-3',
    kind: 'advance',
    requestedBy: 'system:dispute',
    requestedByName: null,
    needed: 2,
    votes: [{ by: 'compliance:compliance-1', name: 'Compliance One', vote: 'approve', reason: null, at: soon(-0.5) }],
    expiresAt: soon(0.5),
    bar: 'voted',
  },
  {
    ...open,
    approvalId: 'approval-4',
    outcome: 'refused',
    decidedAt: soon(-0.2),
    votes: [{ by: 'compliance:compliance-1', name: 'Compliance One', vote: 'refuse', reason: 'the payee is one day old', at: soon(-0.2) }],
  },
]

export function pretendApprovalRoutes(): Router {
  const router = Router()
  router.get('/approvals', (request, response) => {
    const wanted = request.query.status !== 'closed'
    response.json({ approvals: pretendApprovals.filter(({ outcome }) => (outcome === null) === wanted), nextCursor: null })
  })
  return router
}
