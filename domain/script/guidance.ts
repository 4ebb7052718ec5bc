import { holesOf, type AccountSecurity, type SecurityHole } from '../security'
import { scriptLanguage, type ScriptLanguage } from './wording'

/** One piece of security advice to give in the call. */
export interface Guidance {
  id: string
  title: string
  text: string
}

type Advice = Omit<Guidance, 'id'>

const advice: Record<ScriptLanguage, Record<SecurityHole, Advice>> = {
  'zh-CN': {
    digitalCertificate: {
      title: '安装数字证书',
      text: '您的账户还没有安装数字证书。安装以后，即使别人知道了您的密码，换一台设备也不能付款。在“安全中心—数字证书”里点“安装”，大约需要一分钟。',
    },
    realNameVerified: {
      title: '完成实名认证',
      text: '您的账户还没有实名认证。认证以后，账户确认属于您本人，被盗时可以更快找回和赔付。请准备好身份证，在“安全中心—实名认证”里完成。',
    },
    phoneBound: {
      title: '绑定手机',
      text: '您的账户还没有绑定手机。绑定以后，每笔付款您都会收到通知，别人也不能随意修改密码。请在“安全中心—手机绑定”里填写您常用的号码。',
    },
  },
  en: {
    digitalCertificate: {
      title: 'Install a digital certificate',
      text: 'Your account has no digital certificate yet. With one, somebody who knows your password still cannot pay from another device. Tap Install under Security centre, Digital certificate; it takes about a minute.',
    },
    realNameVerified: {
      title: 'Verify your real name',
      text: 'Your account is not verified by real name yet. Once it is, the account is known to be yours, and is recovered and compensated faster if it is stolen. Have your identity card ready and go to Security centre, Real-name verification.',
    },
    phoneBound: {
      title: 'Bind your phone',
      text: 'No phone is bound to your account yet. With one you hear of each payment at once, and nobody else can change the password unnoticed. Enter the number that you use under Security centre, Bind phone.',
    },
  },
}

const unknown: Record<ScriptLanguage, string> = {
  'zh-CN': '（系统里没有这一项的记录，请先问客户是否已经办理。）',
  en: '(Our records do not tell: ask first whether it was done already.)',
}

const wellProtected: Record<ScriptLanguage, Advice> = {
  'zh-CN': { title: '安全等级高', text: '您的账户安全等级很高。请继续保管好密码和验证码，不要告诉任何人，包括自称客服的人。' },
  en: {
    title: 'Well protected',
    text: 'Your account is well protected. Keep passwords and codes to yourself, and tell them to nobody, not even to somebody who claims to be from customer service.',
  },
}

/** Advice by the account's security level: the largest hole first, one item for each. */
export function guidanceFor(security: AccountSecurity, locale: string): Guidance[] {
  const language = scriptLanguage(locale)
  const holes = holesOf(security)
  if (holes.length === 0) return [{ id: 'wellProtected', ...wellProtected[language] }]
  return holes.map((hole) => {
    const { title, text } = advice[language][hole]
    return { id: hole, title, text: security[hole] === undefined ? `${unknown[language]}${language === 'en' ? ' ' : ''}${text}` : text }
  })
}

const steps: Record<ScriptLanguage, { lead: string; hole: Record<SecurityHole, string>; end: string }> = {
  'zh-CN': {
    lead: '【支付安全中心】您刚才同意的安全设置：',
    hole: {
      digitalCertificate: '安全中心—数字证书—安装',
      realNameVerified: '安全中心—实名认证（准备好身份证）',
      phoneBound: '安全中心—手机绑定—填写常用号码',
    },
    end: '请打开应用自行操作。我们不会发送链接，也不会索要密码或验证码。',
  },
  en: {
    lead: 'Payment security centre. What you agreed to do:',
    hole: {
      digitalCertificate: 'Security centre, Digital certificate, Install',
      realNameVerified: 'Security centre, Real-name verification (have your identity card ready)',
      phoneBound: 'Security centre, Bind phone, enter the number that you use',
    },
    end: 'Open the app by yourself. We never send links and never ask for passwords or codes.',
  },
}

/** The text message with the steps, in the order in which the advice was given; no name, no payment, no link. */
export function stepsMessage(holes: readonly SecurityHole[], locale: string): string {
  const { lead, hole, end } = steps[scriptLanguage(locale)]
  return [lead, ...holes.map((one, index) => `${index + 1}. ${hole[one]}`), end].join('\n')
}
