import { scriptLanguage } from '../script/wording'

/** What a person concerned is told. No name, no authority, no link: a text message may be read by anybody. */
export function disclosureMessage(locale: string): string {
  return scriptLanguage(locale) === 'zh-CN'
    ? '【支付安全中心】依照法律要求，我们曾向有权机关披露您账户的部分资料。详情请在应用内联系官方客服查询。我们不会发送链接，也不会索要密码或验证码。'
    : 'Payment security centre. As the law demanded, some data about your account was disclosed to an authority. Ask customer service inside the app for details. We never send links and never ask for passwords or codes.'
}
