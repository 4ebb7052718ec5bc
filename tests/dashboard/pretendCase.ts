import type { CaseView, Payment } from '../../dashboard/src/api/caseView'
import type { Call, DeskCase, Offer } from '../../dashboard/src/api/desk'
import { pretendSummary } from './pretendSummary'

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
const ahead = (seconds: number) => ago(-seconds)

export function pretendPayment(part: Partial<Payment> = {}): Payment {
  return {
    paymentId: 'pay-1',
    amount: { amount: 758_700, currency: 'CNY' },
    method: 'quick_payment',
    paidAt: ago(40),
    flaggedAt: ago(38),
    deadline: ahead(140),
    late: false,
    predictedRingAt: ahead(10),
    rangAt: null,
    breachStep: null,
    payee: { id: 'airline-77', name: 'Air tickets' },
    risk: {
      score: 82,
      rules: [
        { id: 'amount_above_usual', reason: '4x the usual amount' },
        { id: 'new_device', reason: 'First payment from this device' },
      ],
      device: { model: 'Pixel 9', firstSeen: 'today' },
      place: { city: 'Hangzhou' },
      payload: {},
    },
    verdict: null,
    scamType: null,
    verdictBy: null,
    verdictNotes: null,
    verdictAt: null,
    decision: 'undecided',
    fundsState: 'held',
    ...part,
  }
}

export function pretendCase(part: Partial<CaseView> = {}): CaseView {
  return {
    caseId: 'case-1',
    kind: 'callback',
    status: 'calling',
    outcome: null,
    priority: 81,
    late: false,
    locale: 'zh-CN',
    openedAt: ago(38),
    closedAt: null,
    deadline: ahead(140),
    firstRingAt: null,
    needsAttention: null,
    appointmentAt: null,
    policyVersion: 1,
    agent: { id: 'agent-1', name: 'Agent One' },
    payer: {
      id: 'li-1001',
      name: '李先生',
      phones: ['+8613800000001'],
      locale: 'zh-CN',
      security: { digitalCertificate: false, realNameVerified: true, phoneBound: true },
      securityLevel: 'medium',
    },
    payments: [pretendPayment()],
    check: null,
    verdicts: [],
    attempts: [],
    moneyActions: [],
    approvals: [],
    ...part,
  }
}

export function pretendDeskCase(view: CaseView): DeskCase {
  return {
    ...view,
    script: {
      reference: 'callback/zh-CN@0',
      language: 'zh-CN',
      opening: '您好，我是支付安全中心的客服小一。请问是李先生本人吗？我们不会向您索要密码或验证码。',
      questions: [
        '请您先说出姓名，以及注册手机号的最后四位，好吗？',
        '今天 09:08有一笔7,587.00人民币的付款，收款方是“Air tickets”，请问是您本人操作的吗？',
        '这笔钱是付给谁的？您和对方见过面吗，还是只在网上联系过？',
      ],
      closing: '谢谢您的配合，处理结果会通知您。',
    },
    guidance: [
      { id: 'digitalCertificate', title: '安装数字证书', text: '在“我的—安全中心”里安装数字证书，以后只有这台设备能付款。' },
      { id: 'phoneBound', title: '不告诉任何人验证码', text: '任何人，包括客服，都不会向您要验证码。' },
    ],
    guidanceGiven: [],
    history: [{ ...pretendSummary(6), caseId: 'case-0', openedAt: ago(86_400 * 90), closedAt: ago(86_400 * 90 - 300) }],
    notes: null,
    dialMode: null,
    verdictActions: {
      owner_confirmed: { funds: 'release', restrictAccount: false },
      not_owner: { funds: 'freeze', restrictAccount: true },
      scam: { funds: 'freeze', restrictAccount: false },
      unsure: { funds: 'freeze', restrictAccount: false },
    },
  }
}

export function pretendOffer(view: CaseView, seconds = 15): Offer {
  return {
    offerId: `offer-${Math.random().toString(36).slice(2, 8)}`,
    caseId: view.caseId,
    kind: view.kind,
    channel: view.check?.helpChannel ?? 'voice',
    expiresAt: ahead(seconds),
    deadline: view.deadline,
    payer: { name: '李**', locale: view.locale, securityLevel: view.payer.securityLevel },
    payments: view.payments.map(({ paymentId, amount, paidAt, payee, method, risk }) => ({
      paymentId,
      amount,
      paidAt,
      payeeName: payee.name,
      method,
      score: risk.score,
      reasons: risk.rules.map(({ reason }) => reason),
    })),
    priority: view.priority,
    transfer: null,
    mode: 'agent_first',
  }
}

export function pretendCall(part: Partial<Call> = {}): Call {
  return {
    caseId: 'case-1',
    attemptId: 'attempt-1',
    number: 1,
    phone: '+86138****0001',
    mode: 'agent_first',
    status: 'queued',
    outcome: null,
    answeredBy: null,
    rangAt: null,
    answeredAt: null,
    contactAt: null,
    endedAt: null,
    held: false,
    help: null,
    supervisor: null,
    transfer: null,
    thirdParty: null,
    recording: null,
    passPhrase: null,
    ...part,
  }
}
