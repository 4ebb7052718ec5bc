import { Router } from 'express'
import type { Dispute, DisputeRow } from '../../dashboard/src/api/disputes'
import { pretendPeople } from './pretendTimeline'

const day = 86_400_000
const at = (days: number) => new Date(Date.now() + days * day).toISOString()

const row: DisputeRow = {
  caseId: 'dispute-1',
  paymentId: 'pay_20261120_101500_0007',
  amount: { amount: 12_800, currency: 'CNY' },
  reason: 'wrong_place',
  status: 'investigating',
  decision: null,
  openedAt: at(-2),
  takeUpBy: at(-1),
  decideBy: at(9.3),
  finalBy: at(43),
  appealBy: null,
  payer: { id: 'wang-1003', name: '王**' },
  handler: { id: 'supervisor-1', name: 'Supervisor One' },
  openTasks: 3,
  needsAttention: null,
}

const rows: DisputeRow[] = [
  row,
  {
    ...row,
    caseId: 'dispute-2',
    status: 'received',
    handler: null,
    openTasks: 5,
    reason: 'not_me',
    needsAttention: { reason: 'dispute_not_taken_up' },
  },
  { ...row, caseId: 'dispute-3', status: 'decided', decision: 'rejected', appealBy: at(12), openTasks: 0, reason: 'goods_not_received' },
]

export const pretendDispute: Dispute = {
  ...row,
  statement: '我当时在成都家里，这家店在深圳。',
  profile: 'standard',
  openedBy: 'payer',
  payment: {
    paidAt: at(-2.2),
    method: 'face_payment',
    payee: { id: 'shop-12', name: 'Corner shop' },
    place: { city: 'Shenzhen' },
    device: { terminal: 'T-88' },
  },
  payer: { id: 'wang-1003', name: '王女士', phones: ['+8613800000003'], locale: 'zh-CN', security: {}, securityLevel: 'low' },
  takenUpAt: at(-1.5),
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  appealedAt: null,
  appealReason: null,
  tasks: [
    { kind: 'payment_data', state: 'done', finding: 'neutral', result: 'Face payment at terminal T-88.', doneBy: 'supervisor:supervisor-1', doneAt: at(-1) },
    {
      kind: 'merchant_statement',
      state: 'done',
      finding: 'for_payee',
      result: 'Names the last four digits of the phone rightly: 0003.',
      doneBy: 'supervisor:supervisor-1',
      doneAt: at(-0.5),
    },
    { kind: 'place', state: 'not_available', finding: null, result: 'The phone was switched off.', doneBy: 'agent:agent-1', doneAt: at(-0.4) },
    { kind: 'device', state: 'open', finding: null, result: null, doneBy: null, doneAt: null },
    { kind: 'verification', state: 'open', finding: null, result: null, doneBy: null, doneAt: null },
  ],
  people: pretendPeople,
  files: [{ fileId: 'file-1', name: '小票.pdf', mediaType: 'application/pdf', size: 48_211, sha256: 'a'.repeat(64), addedBy: 'payer', addedAt: at(-0.4) }],
  moneyActions: [
    {
      key: 'advance:pay',
      kind: 'advance',
      paymentId: row.paymentId,
      status: 'confirmed',
      reason: 'asked for',
      actor: 'supervisor:supervisor-1',
      amount: row.amount,
      requestedAt: at(-0.1),
      confirmedAt: at(-0.1),
      ledgerEntry: 'entry-7',
      detail: null,
    },
  ],
  approvals: [],
  messages: [
    { step: 'received', at: at(-2), text: '我们已收到您的争议申请，正在着手处理。', facts: {} },
    { step: 'taken_up', at: at(-1.5), text: '已有专人处理您的争议。', facts: {} },
  ],
}

export function pretendDisputeRoutes(): Router {
  const router = Router()
  router.get('/disputes', (request, response) => void response.json({ disputes: request.query.show === 'closed' ? [] : rows }))
  router.get('/disputes/dispute-1', (_request, response) => void response.json(pretendDispute))
  return router
}
