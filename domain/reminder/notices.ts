import type { CheckDecision, CheckPhase, TrustedAnswer } from './check'

/** A sentence for the payer's own app, in both languages. No names, no amounts: it may show on a locked screen. */
export interface Notice {
  [language: string]: string
  en: string
  zh: string
}

const phases: Partial<Record<CheckPhase, Notice>> = {
  calling: {
    en: 'We are going to call you about a payment that you have just started. Nothing has been paid.',
    zh: '我们将就您刚发起的一笔付款致电您。款项尚未付出。',
  },
  waiting: { en: 'Your payment waits, so that you can think it over. Nothing has been paid.', zh: '您的付款已暂缓，请再考虑一下。款项尚未付出。' },
  confirming: { en: 'Your payment waits for your word. Without it nothing will be paid.', zh: '您的付款正等待您确认。未经确认不会付出。' },
}

const decisions: Partial<Record<CheckDecision, Notice>> = {
  pay: { en: 'Your payment has been made, as you confirmed.', zh: '经您确认，付款已完成。' },
  cancelled: { en: 'Your payment was cancelled. Your money is with you.', zh: '您的付款已取消，资金仍在您账户。' },
  refused: { en: 'Your payment was not made, to protect you. Your money is with you.', zh: '为保护您，这笔付款未执行，资金仍在您账户。' },
}

/** What the payer is told when their payment gets there; undefined when there is nothing to tell. */
export function noticeOf(phase: CheckPhase, decision?: CheckDecision): Notice | undefined {
  return decision ? decisions[decision] : phases[phase]
}

/** To somebody whom a payer trusts and who may know nothing of it: no name, no amount, and a link to answer by. */
export function trustedContactMessage(locale: string, link: string): string {
  return locale.toLowerCase().startsWith('zh')
    ? `【支付安全中心】有一位信任您的亲友正在考虑一笔付款，并请我们通知您。请用您一直保存的号码联系身边可能需要您的人，沟通后可在此告知我们：${link} 我们绝不会向您索要钱款、密码或验证码。`
    : `Payment security centre: somebody who trusts you thinks about a payment and asked us to tell you. Please ring those who may need you, on the numbers you have always had. Then tell us here what you think: ${link} We never ask you for money, passwords or codes.`
}

/** What the payer reads of the answer. */
export const trustedAnswerNotices: Record<TrustedAnswer, Notice> = {
  knows_it: { en: 'The person you trust says that they know of this payment.', zh: '您信任的人表示知道这笔付款。' },
  does_not_know: { en: 'The person you trust says that they do not know of this payment.', zh: '您信任的人表示不知道这笔付款。' },
  advises_against: { en: 'The person you trust advises you to stop this payment.', zh: '您信任的人建议您停止这笔付款。' },
}

/** In the chat, when its agent is gone. */
export function anotherAgentComes(locale: string): string {
  return locale.toLowerCase().startsWith('zh')
    ? '刚才与您对话的客服连接中断，我们正在为您安排另一位客服。款项尚未付出，请稍候。'
    : 'The connection of the person you were writing with broke. Somebody else comes to you. Nothing has been paid; please stay here.'
}
