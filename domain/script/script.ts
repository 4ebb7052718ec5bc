import type { Money } from '../money'
import { sayMoney, sayTime, scriptLanguage, type ScriptLanguage } from './wording'

/** What the agent says, in the payer's language. */
export interface Script {
  language: ScriptLanguage
  /** Who is calling and why; no payment is named before the payer has said who they are. */
  opening: string
  /** In the order in which they are asked: identity, then each payment, then what tells a scam from an ordinary payment. */
  questions: string[]
  closing: string
}

export interface ScriptFacts {
  locale: string
  payerName: string
  agentName: string
  payments: { amount: Money; paidAt: string; payeeName: string }[]
  now: Date
}

interface Wording {
  opening(payer: string, agent: string): string
  identity: string
  payment(amount: string, when: string, payee: string): string
  scam: string[]
  closing: string
}

const wordings: Record<ScriptLanguage, Wording> = {
  'zh-CN': {
    opening: (payer, agent) =>
      `您好，我是支付安全中心的客服${agent}。请问是${payer}本人吗？为了保护您的账户安全，有几个问题想跟您确认。我们不会向您索要密码或验证码。`,
    identity: '请您先说出姓名，以及注册手机号的最后四位，好吗？',
    payment: (amount, when, payee) => `${when}有一笔${amount}的付款，收款方是“${payee}”，请问是您本人操作的吗？`,
    scam: [
      '这笔钱是付给谁的？您和对方见过面吗，还是只在网上联系过？',
      '有没有人催您尽快付款，或者让您不要告诉别人？',
      '有没有人自称公安、客服或者熟人，让您转账、共享屏幕或者提供验证码？',
    ],
    closing: '谢谢您的配合，处理结果会通知您。如果还有疑问，请从应用里的官方客服入口联系我们，不要拨打别人给您的电话。',
  },
  en: {
    opening: (payer, agent) =>
      `Hello, this is ${agent} from payment security. Am I speaking with ${payer}? To protect your account there are a few things I would like to confirm. I will never ask for a password or a verification code.`,
    identity: 'Would you please tell me your name, and the last four digits of the phone number that you registered?',
    payment: (amount, when, payee) => `There was a payment of ${amount} to “${payee}”, ${when}. Was that you?`,
    scam: [
      'Whom is this money for? Have you met them, or do you know each other only online?',
      'Did anybody press you to pay quickly, or tell you not to talk about it?',
      'Did anybody who claimed to be the police, customer service or a friend ask you to transfer money, to share your screen or to read out a code?',
    ],
    closing:
      'Thank you. We will let you know the result. If you have doubts, reach us through the customer service inside the app, and not on a number that somebody gave you.',
  },
}

export function scriptFor(facts: ScriptFacts): Script {
  const language = scriptLanguage(facts.locale)
  const wording = wordings[language]
  return {
    language,
    opening: wording.opening(facts.payerName, facts.agentName),
    questions: [
      wording.identity,
      ...facts.payments.map(({ amount, paidAt, payeeName }) => wording.payment(sayMoney(amount, language), sayTime(paidAt, facts.now, language), payeeName)),
      ...wording.scam,
    ],
    closing: wording.closing,
  }
}
