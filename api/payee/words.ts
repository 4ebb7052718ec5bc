/** What the page behind a payee's link says beside the question itself. */
const english = {
  title: 'Payment security centre',
  gone: 'This link does not work any more. Please look in your payment app whether there is a newer one.',
  all: 'I agree to return all of it',
  parts: 'I agree, in parts; one part each month, so many:',
  refuse: 'I do not agree',
  reason: 'Your reasons, if you like to tell them',
  send: 'Send',
  answered: 'Thank you, we have your answer. You need not do anything else; please do not transfer anything yourself.',
  proposed: 'A mediator of ours proposes to you and to the sender:',
  amount: (money: string, parts: number) => (parts === 1 ? `You return ${money}.` : `You return ${money} in ${parts} parts.`),
  agree: 'I agree to the proposal',
  disagree: 'I do not agree to the proposal',
  later: 'A mediator of ours looks for a way that suits both sides. You may still agree to return it:',
  never: 'We never ask for passwords or codes, and never ask you to transfer anything yourself.',
}
export type PayeeWords = typeof english

const chinese: PayeeWords = {
  title: '支付安全中心',
  gone: '此链接已失效，请在支付应用中查看是否有新的链接。',
  all: '我同意全部退回',
  parts: '我同意分期退回，每月一期，共几期：',
  refuse: '我不同意退回',
  reason: '如愿意，请说明理由',
  send: '提交',
  answered: '谢谢，已收到您的答复。您无需再做任何操作，也请不要自行转账。',
  proposed: '我们的调解员向您和转账人提出以下方案：',
  amount: (money, parts) => (parts === 1 ? `您退回${money}。` : `您分 ${parts} 期退回${money}。`),
  agree: '我同意该方案',
  disagree: '我不同意该方案',
  later: '调解员正在寻找双方都能接受的方案。您仍可同意退回：',
  never: '我们绝不会索要密码或验证码，也不会要求您自行转账。',
}

export function payeeWords(locale: string): PayeeWords {
  return locale.toLowerCase().startsWith('zh') ? chinese : english
}
