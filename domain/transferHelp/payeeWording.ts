import type { Money } from '../money'
import { sayMoney } from '../script/wording'
import type { HelpKind } from './help'

/** What a payee is asked; nothing in it is of the payer. */
export interface PayeeRequest {
  kind: HelpKind
  amount: Money
  transferredAt: Date
  /** The payee's. */
  locale: string
}

export interface PayeeWording {
  /** By telephone and on the page behind the link. */
  question: string
  keys: string
  agreed: string
  refused: string
}

/** What a payee is told of the transfer, once they have said who they are. */
export function payeeWording(request: PayeeRequest): PayeeWording {
  return request.locale.toLowerCase().startsWith('zh') ? chinese(request) : english(request)
}

function english({ kind, amount, transferredAt }: PayeeRequest): PayeeWording {
  const claim = kind === 'wrong_transfer' ? 'it was sent to you by mistake' : 'they were deceived into sending it'
  return {
    question: `A transfer of ${sayMoney(amount, 'en')} reached your account on ${dayOf(transferredAt, 'en')}. Its sender says that ${claim}. We ask whether you return it.`,
    keys: 'If you agree to return it, press 1. If you do not agree, press 2. To talk to a person, press 0.',
    agreed: 'Thank you. We see to the return. You need not transfer anything yourself. Goodbye.',
    refused: 'We have noted that you do not agree. You can tell us your reasons on the page in your payment app. Goodbye.',
  }
}

function chinese({ kind, amount, transferredAt }: PayeeRequest): PayeeWording {
  const claim = kind === 'wrong_transfer' ? '这笔钱转错了' : '自己是受骗转出的'
  return {
    question: `${dayOf(transferredAt, 'zh-CN')}，您的账户收到一笔${sayMoney(amount, 'zh-CN')}的转账。转账人表示${claim}。请问您是否同意退回？`,
    keys: '同意退回，请按1；不同意，请按2；人工服务，请按0。',
    agreed: '谢谢您，退款由我们办理，您无需自己转账。再见。',
    refused: '已记录您不同意退回。您可以在支付应用的页面上说明理由。再见。',
  }
}

/** By China's clock, as the payee's app shows it. */
function dayOf(at: Date, language: 'en' | 'zh-CN'): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(at)
}
