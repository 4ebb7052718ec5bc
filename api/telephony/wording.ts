import type { FlaggedPayment } from '../../domain/flag'

/** Kept with each call that was recorded; raised when the words that announce it change. */
export const recordingWording = '2026-11'

/** What the telephone says. No payment detail before the person has identified themselves; none to a machine. */
export interface Wording {
  /** `language` and `voice` of TwiML's Say. */
  voice: { language: 'cmn-Hans-CN' | 'en-US'; voice: 'Polly.Zhiyu-Neural' | 'Polly.Joanna-Neural' }
  connecting(recorded: boolean): string
  waiting: string
  /** The agent's line broke in the middle of the talk. */
  lineBroken: string
  identify(name: string): string
  question(payment: FlaggedPayment): string
  thanks: string
  toPerson(recorded: boolean): string
  apology: string
  voicemail: string
  goodbye: string
  noCase: string
  /** The payer has called in and keys in the code that their app shows. */
  enterCode: string
}

const english: Wording = {
  voice: { language: 'en-US', voice: 'Polly.Joanna-Neural' },
  connecting: (recorded) => `Payment security centre. ${recorded ? 'This call is recorded. ' : ''}You are being connected.`,
  lineBroken: 'The line to your agent broke off. Please stay on the line: they, or a colleague, will be with you in a moment.',
  waiting: 'Thank you for holding. A colleague will be with you in a moment.',
  identify: (name) => `Hello. This is the payment security centre with an automatic call. If you are ${name}, press 1. If not, press 9.`,
  question: (payment) =>
    `A payment of ${spokenAmount(payment, 'en')} to ${payment.payee.name}. If it was you, press 1. If it was not you, press 2. To talk to a person, press 0.`,
  thanks: 'Thank you. The payment goes on. Goodbye.',
  toPerson: (recorded) => `Thank you. Your money stays safe. Please hold, a colleague will talk to you.${recorded ? ' The talk is recorded.' : ''}`,
  apology: 'We are sorry, all colleagues are busy. Your money stays safe, and we will call you again. Goodbye.',
  voicemail: 'This is the payment security centre. Please open your payment app and choose call back, or ring the number printed on your card. We never ask for passwords or codes.',
  goodbye: 'We will call again. Goodbye.',
  noCase: 'There is no open question about your payments at the moment. If you are unsure, please use the help page of your payment app. Goodbye.',
  enterCode: 'Payment security centre. Please key in the six digits that your payment app shows.',
}

const chinese: Wording = {
  voice: { language: 'cmn-Hans-CN', voice: 'Polly.Zhiyu-Neural' },
  connecting: (recorded) => `您好，支付安全中心来电，${recorded ? '通话将被录音，' : ''}正在接通客服。`,
  lineBroken: '与客服的通话线路中断，请不要挂机，客服马上恢复与您的通话。',
  waiting: '感谢您的耐心等待，客服马上为您服务。',
  identify: (name) => `您好，这里是支付安全中心的自动来电。如果您是${name}本人，请按1；如果不是，请按9。`,
  question: (payment) => `有一笔${spokenAmount(payment, 'zh')}的付款，收款方是${payment.payee.name}。是您本人操作，请按1；不是您本人操作，请按2；人工服务，请按0。`,
  thanks: '谢谢您的确认，付款将继续进行。再见。',
  toPerson: (recorded) => `谢谢。您的资金是安全的，请不要挂机，客服马上与您通话。${recorded ? '通话将被录音。' : ''}`,
  apology: '非常抱歉，客服正忙。您的资金是安全的，我们会再次致电。再见。',
  voicemail: '这里是支付安全中心。请打开您的支付应用选择回电，或者拨打银行卡背面的电话。我们绝不会索要您的密码或验证码。',
  goodbye: '我们稍后会再次致电。再见。',
  noCase: '目前没有需要向您确认的付款。如有疑问，请通过支付应用的帮助页面联系我们。再见。',
  enterCode: '您好，支付安全中心。请输入支付应用上显示的六位数字。',
}

export function wordingFor(locale: string): Wording {
  return locale.toLowerCase().startsWith('zh') ? chinese : english
}

function spokenAmount({ amount }: FlaggedPayment, language: 'en' | 'zh'): string {
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { style: 'currency', currency: amount.currency, currencyDisplay: 'name' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount.amount / 10 ** digits)
}
