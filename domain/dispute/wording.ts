import { helpStepsChinese, helpStepsEnglish } from '../transferHelp/wording'

/** What the payer reads of each step in their own app. The app has identified them, so it may be told plainly. */
const english = {
  ...helpStepsEnglish,
  received: 'We have received your dispute and begin to look into it.',
  joined: 'We have added what you told us to your dispute.',
  taken_up: 'Somebody is looking into your dispute now.',
  late_take_up: 'Your dispute is waiting for a free hand. It is not forgotten, and its clocks run.',
  delayed: 'Your dispute takes longer than we would like. We are still looking into it.',
  advance_paid: 'We have paid you the amount in advance while your dispute goes on.',
  decided_upheld: 'Your dispute was decided in your favour.',
  decided_rejected: 'Your dispute was not decided in your favour. You can read the reasons here and appeal once.',
  appeal_upheld: 'Your appeal was decided in your favour.',
  appeal_rejected: 'Your appeal was not decided in your favour. You can read the reasons here.',
  appealed: 'We have received your appeal. Somebody else looks at everything anew.',
  refunded: 'The payment has been refunded to you.',
  compensated: 'We have paid you the amount of the payment.',
  advance_final: 'The amount that we paid you in advance is yours to keep.',
  paid_before: 'You had the amount back already.',
  recovery_notice: 'We will take back the amount that we paid you in advance.',
  recovered: 'We have taken back the amount that we had paid you in advance.',
  closed: 'Your dispute is closed.',
  claim_opened: 'This payment was not yours, and it is covered: we see to it that you get the amount back.',
  claim_refused: 'We cannot compensate this payment. You may open a dispute.',
  claim_recovered: 'The money came back; what we had paid you for it has been settled.',
}
export type PayerStep = keyof typeof english

const chinese: Record<PayerStep, string> = {
  ...helpStepsChinese,
  received: '我们已收到您的争议申请，正在着手处理。',
  joined: '您补充的说明已加入争议。',
  taken_up: '已有专人处理您的争议。',
  late_take_up: '您的争议正在等待专人处理，时限照常计算，请放心。',
  delayed: '您的争议处理时间比预期更长，我们仍在核查。',
  advance_paid: '争议处理期间，我们已先行向您垫付该笔金额。',
  decided_upheld: '争议结果：支持您的主张。',
  decided_rejected: '争议结果：未支持您的主张。您可在此查看理由，并可申诉一次。',
  appeal_upheld: '申诉结果：支持您的主张。',
  appeal_rejected: '申诉结果：未支持您的主张，您可在此查看理由。',
  appealed: '我们已收到您的申诉，将由另一位工作人员重新审核。',
  refunded: '该笔付款已退还给您。',
  compensated: '我们已向您支付该笔金额。',
  advance_final: '先行垫付的金额归您所有。',
  paid_before: '该笔金额此前已退回给您。',
  recovery_notice: '我们将收回先行垫付的金额。',
  recovered: '先行垫付的金额已收回。',
  closed: '您的争议已结案。',
  claim_opened: '该笔付款并非您本人操作，且在全额赔付范围内，我们会负责让您拿回该笔金额。',
  claim_refused: '该笔付款无法赔付，您可以提出争议。',
  claim_recovered: '款项已追回，我们此前赔付的金额已结清。',
}

/** @returns undefined for a step of another release; one that comes again is numbered behind a full stop */
export function payerStep(step: string): PayerStep | undefined {
  const [name = ''] = step.split('.')
  return name in english ? (name as PayerStep) : undefined
}

/** For the payer's own app, in their language. */
export function stepText(step: PayerStep, locale: string): string {
  return (locale.startsWith('zh') ? chinese : english)[step]
}

/** A text message may be read by anybody who holds the phone: it names nothing and nobody, and asks for nothing. */
export function textMessage(locale: string): string {
  return locale.startsWith('zh')
    ? '【支付安全中心】您的一项申请有新进展，请打开应用查看。我们不会索要密码或验证码。'
    : 'Payment security centre: there is news on your request. Please look in the app. We never ask for passwords or codes.'
}
