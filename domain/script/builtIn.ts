import type { ScriptDocument } from './document'

/** Scripts that come with the product: version 0 of the callback's, for every kind of case until there are others. */
export const builtInScripts = {
  'zh-CN': {
    speech: {
      opening: '您好，我是支付安全中心的客服{agent}。请问是{payer}本人吗？为了保护您的账户安全，有几个问题想跟您确认。我们不会向您索要密码或验证码。',
      identity: '请您先说出姓名，以及注册手机号的最后四位，好吗？',
      payment: '{time}有一笔{amount}的付款，收款方是“{payee}”，请问是您本人操作的吗？',
      questions: [
        '这笔钱是付给谁的？您和对方见过面吗，还是只在网上联系过？',
        '有没有人催您尽快付款，或者让您不要告诉别人？',
        '有没有人自称公安、客服或者熟人，让您转账、共享屏幕或者提供验证码？',
      ],
      closing: '谢谢您的配合，处理结果会通知您。如果还有疑问，请从应用里的官方客服入口联系我们，不要拨打别人给您的电话。',
    },
    guidance: {
      digitalCertificate: {
        title: '安装数字证书',
        text: '您的账户还没有安装数字证书。安装以后，即使别人知道了您的密码，换一台设备也不能付款。在“安全中心—数字证书”里点“安装”，大约需要一分钟。',
        step: '安全中心—数字证书—安装',
      },
      realNameVerified: {
        title: '完成实名认证',
        text: '您的账户还没有实名认证。认证以后，账户确认属于您本人，被盗时可以更快找回和赔付。请准备好身份证，在“安全中心—实名认证”里完成。',
        step: '安全中心—实名认证（准备好身份证）',
      },
      phoneBound: {
        title: '绑定手机',
        text: '您的账户还没有绑定手机。绑定以后，每笔付款您都会收到通知，别人也不能随意修改密码。请在“安全中心—手机绑定”里填写您常用的号码。',
        step: '安全中心—手机绑定—填写常用号码',
      },
      wellProtected: { title: '安全等级高', text: '您的账户安全等级很高。请继续保管好密码和验证码，不要告诉任何人，包括自称客服的人。' },
      unknown: '（系统里没有这一项的记录，请先问客户是否已经办理。）',
      message: { lead: '【支付安全中心】您刚才同意的安全设置：', end: '请打开应用自行操作。我们不会发送链接，也不会索要密码或验证码。' },
    },
    announcements: {
      voice: { language: 'cmn-Hans-CN', name: 'Polly.Zhiyu-Neural' },
      recorded: '通话将被录音。',
      transcribed: '通话将被录音并转写为文字。',
      connecting: '您好，支付安全中心来电。{recorded}正在接通客服。',
      identify: '您好，这里是支付安全中心的自动来电。如果您是{payer}本人，请按1；如果不是，请按9。',
      question: '有一笔{amount}的付款，收款方是{payee}。是您本人操作，请按1；不是您本人操作，请按2；人工服务，请按0。',
      thanks: '谢谢您的确认，付款将继续进行。再见。',
      toPerson: '谢谢。您的资金是安全的，请不要挂机，客服马上与您通话。{recorded}',
      waiting: '感谢您的耐心等待，客服马上为您服务。',
      lineBroken: '与客服的通话线路中断，请不要挂机，客服马上恢复与您的通话。',
      apology: '非常抱歉，客服正忙。您的资金是安全的，我们会再次致电。再见。',
      voicemail: '这里是支付安全中心。请打开您的支付应用选择回电，或者拨打银行卡背面的电话。我们绝不会索要您的密码或验证码。',
      goodbye: '我们稍后会再次致电。再见。',
      noCase: '目前没有需要向您确认的付款。如有疑问，请通过支付应用的帮助页面联系我们。再见。',
      enterCode: '您好，支付安全中心。请输入支付应用上显示的六位数字。',
    },
  },
  en: {
    speech: {
      opening:
        'Hello, this is {agent} from payment security. Am I speaking with {payer}? To protect your account there are a few things I would like to confirm. I will never ask for a password or a verification code.',
      identity: 'Would you please tell me your name, and the last four digits of the phone number that you registered?',
      payment: 'There was a payment of {amount} to “{payee}”, {time}. Was that you?',
      questions: [
        'Whom is this money for? Have you met them, or do you know each other only online?',
        'Did anybody press you to pay quickly, or tell you not to talk about it?',
        'Did anybody who claimed to be the police, customer service or a friend ask you to transfer money, to share your screen or to read out a code?',
      ],
      closing:
        'Thank you. We will let you know the result. If you have doubts, reach us through the customer service inside the app, and not on a number that somebody gave you.',
    },
    guidance: {
      digitalCertificate: {
        title: 'Install a digital certificate',
        text: 'Your account has no digital certificate yet. With one, somebody who knows your password still cannot pay from another device. Tap Install under Security centre, Digital certificate; it takes about a minute.',
        step: 'Security centre, Digital certificate, Install',
      },
      realNameVerified: {
        title: 'Verify your real name',
        text: 'Your account is not verified by real name yet. Once it is, the account is known to be yours, and is recovered and compensated faster if it is stolen. Have your identity card ready and go to Security centre, Real-name verification.',
        step: 'Security centre, Real-name verification (have your identity card ready)',
      },
      phoneBound: {
        title: 'Bind your phone',
        text: 'No phone is bound to your account yet. With one you hear of each payment at once, and nobody else can change the password unnoticed. Enter the number that you use under Security centre, Bind phone.',
        step: 'Security centre, Bind phone, enter the number that you use',
      },
      wellProtected: {
        title: 'Well protected',
        text: 'Your account is well protected. Keep passwords and codes to yourself, and tell them to nobody, not even to somebody who claims to be from customer service.',
      },
      unknown: '(Our records do not tell: ask first whether it was done already.)',
      message: {
        lead: 'Payment security centre. What you agreed to do:',
        end: 'Open the app by yourself. We never send links and never ask for passwords or codes.',
      },
    },
    announcements: {
      voice: { language: 'en-US', name: 'Polly.Joanna-Neural' },
      recorded: 'This call is recorded.',
      transcribed: 'This call is recorded and written down.',
      connecting: 'Payment security centre. {recorded} You are being connected.',
      identify: 'Hello. This is the payment security centre with an automatic call. If you are {payer}, press 1. If not, press 9.',
      question: 'A payment of {amount} to {payee}. If it was you, press 1. If it was not you, press 2. To talk to a person, press 0.',
      thanks: 'Thank you. The payment goes on. Goodbye.',
      toPerson: 'Thank you. Your money stays safe. Please hold, a colleague will talk to you. {recorded}',
      waiting: 'Thank you for holding. A colleague will be with you in a moment.',
      lineBroken: 'The line to your agent broke off. Please stay on the line: they, or a colleague, will be with you in a moment.',
      apology: 'We are sorry, all colleagues are busy. Your money stays safe, and we will call you again. Goodbye.',
      voicemail:
        'This is the payment security centre. Please open your payment app and choose call back, or ring the number printed on your card. We never ask for passwords or codes.',
      goodbye: 'We will call again. Goodbye.',
      noCase: 'There is no open question about your payments at the moment. If you are unsure, please use the help page of your payment app. Goodbye.',
      enterCode: 'Payment security centre. Please key in the six digits that your payment app shows.',
    },
  },
} as const satisfies Record<string, ScriptDocument>
