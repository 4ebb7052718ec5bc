import { Router } from 'express'
import type { HelpRow, HelpView, TransferHelpBody } from '../../dashboard/src/api/transferHelp'

const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

const row: HelpRow = {
  caseId: 'help-1',
  transferId: 'pay-1',
  kind: 'wrong_transfer',
  status: 'contacting',
  outcome: null,
  amount: { amount: 758_700, currency: 'CNY' },
  openedAt: at(-1),
  needsAttention: null,
  handler: null,
  payer: { id: 'li-1001', name: '李**' },
}

const pretendHelp: HelpView = {
  ...row,
  reason: '账号最后一位输错了。',
  transferredAt: at(-1.1),
  payer: { id: 'li-1001', name: '李先生', phones: ['+8613800000001'], locale: 'zh-CN', security: {}, securityLevel: 'low' },
  payee: { id: 'wang-2002', name: '王**', phone: '+86138****0002', locale: 'zh-CN' },
  openedBy: 'agent:agent-1',
  held: row.amount,
  returned: { amount: 0, currency: 'CNY' },
  holdUntil: at(60),
  answer: null,
  proposal: null,
  mediation: null,
  instalments: [],
  attempts: [],
  moneyActions: [],
  messages: [{ step: 'help_received', at: at(-1), text: '我们已收到您的求助。', facts: {} }],
}

/** A payee without a phone that can exist is refused, as by the product. */
export function pretendTransferHelpRoutes(): Router {
  const router = Router()
  router.get('/transfer-help', (request, response) => void response.json({ cases: request.query.show === 'closed' ? [] : [row] }))
  router.get('/transfer-help/help-1', (_request, response) => void response.json(pretendHelp))
  router.post('/transfer-help', (request, response) => {
    const { payee } = request.body as TransferHelpBody
    if (payee.phone === undefined || payee.phone.startsWith('+')) return void response.status(202).json({ caseId: row.caseId, status: 'received' })
    const errors = [{ field: 'payee.phone', message: 'expected an E.164 phone number that can exist, such as +8613800000001' }]
    response.status(422).type('application/problem+json').json({ type: 'about:blank', title: 'Invalid', status: 422, detail: 'The request is not valid.', errors })
  })
  return router
}
