import type { Playbook } from './playbook'

/** Version 1: what a fresh installation starts with. Compliance changes it in the dashboard. */
export const defaultPlaybook: Playbook = {
  start: 'what_for',
  questions: [
    {
      id: 'what_for',
      ask: { en: 'What is this payment for?', zh: '您这笔钱是付什么的？' },
      answers: [
        { say: { en: 'For a person: a friend, a relative, a partner', zh: '给人的：朋友、亲戚、恋人' }, next: 'ever_met' },
        { say: { en: 'Somebody official told me to', zh: '对方说是公安、客服等机构' }, next: 'official' },
        { say: { en: 'To earn money', zh: '为了赚钱' }, next: 'earn' },
        { say: { en: 'For goods, a flat or a course', zh: '买东西、租房或报课程' }, next: 'goods' },
        { say: { en: 'For a loan', zh: '为了贷款' }, scam: 'loan_fee' },
      ],
    },
    {
      id: 'ever_met',
      ask: { en: 'Have you met this person face to face?', zh: '您和对方见过面吗？' },
      answers: [
        { say: { en: 'No, only online', zh: '没有，只在网上聊过' }, scam: 'romance' },
        { say: { en: 'Yes, and I have known them for long', zh: '见过，认识很久了' }, next: 'asked_how' },
      ],
    },
    {
      id: 'asked_how',
      ask: { en: 'How did they ask, and have you heard their voice?', zh: '对方是怎么开口的？您听到本人的声音了吗？' },
      answers: [
        { say: { en: 'By message only, perhaps from a new account', zh: '只发了消息，可能是新账号' }, scam: 'impersonated_friend' },
        { say: { en: 'We spoke, on the number I have always had', zh: '用一直有的号码通过话' }, scam: 'none' },
      ],
    },
    {
      id: 'official',
      ask: { en: 'What did they want you to do?', zh: '对方要您做什么？' },
      answers: [
        { say: { en: 'Move the money to a safe account, and keep it secret', zh: '把钱转到“安全账户”，并要求保密' }, scam: 'police_or_customer_service' },
        { say: { en: 'Pay first or share the screen to get a refund', zh: '为了退款先付款或共享屏幕' }, scam: 'fake_refund' },
        { say: { en: 'Pay an invoice that I expected', zh: '付一笔我知道的账单' }, scam: 'none' },
      ],
    },
    {
      id: 'earn',
      ask: { en: 'How is the money to be earned?', zh: '是怎么赚钱的？' },
      answers: [
        { say: { en: 'A teacher or a group invests it, with sure gains', zh: '有老师或群带着投资，稳赚' }, scam: 'investment' },
        { say: { en: 'Tasks: likes, ratings, orders that I pay in advance', zh: '做任务：点赞、刷单，先垫付' }, scam: 'part_time_job' },
        { say: { en: 'Through my own bank or broker, which I chose myself', zh: '我自己选的银行或券商' }, scam: 'none' },
      ],
    },
    {
      id: 'goods',
      ask: { en: 'Have you seen it, and do you pay inside the shop?', zh: '您看过实物吗？是在平台内付款吗？' },
      answers: [
        { say: { en: 'Goods, paid outside the shop, at once', zh: '商品，要求平台外立即付款' }, scam: 'purchase' },
        { say: { en: 'A flat that I have not seen', zh: '还没看过的房子' }, scam: 'rental' },
        { say: { en: 'A course, or training to run a mini-programme, with a promised income', zh: '课程或小程序培训，承诺收入' }, scam: 'training' },
        { say: { en: 'Seen, and paid inside the shop', zh: '看过，在平台内付款' }, scam: 'none' },
      ],
    },
  ],
  scams: {
    romance: {
      how: {
        en: 'A team plays the partner for weeks, with stolen pictures. Each payment is followed by a new need.',
        zh: '一伙人用盗来的照片扮演恋人，聊上几周。每付一笔，就会有新的理由再要钱。',
      },
      advise: {
        en: 'You have not met this person. Whoever loves you can wait a day. Let us cancel, and pay once you have seen them.',
        zh: '您还没有见过对方。真心的人等得起一天。我们先取消，见面以后再付也不迟。',
      },
    },
    impersonated_friend: {
      how: { en: 'The picture and the nickname were copied. The real friend knows nothing.', zh: '对方盗用了头像和昵称，真正的朋友并不知情。' },
      advise: {
        en: 'Ring your friend on the number that you have always had. Let us cancel until you have spoken.',
        zh: '请用一直保存的号码给朋友打电话。通话之前我们先取消。',
      },
    },
    police_or_customer_service: {
      how: {
        en: 'Fear and secrecy keep you from asking anyone. No authority has a safe account.',
        zh: '对方用恐吓和保密让您不敢问人。任何机关都没有“安全账户”。',
      },
      advise: {
        en: 'No police officer and no bank asks you to move money to keep it safe. Cancel, and ring the police on 110 yourself.',
        zh: '公安和银行都不会让您转账来“保护资金”。请取消，并自己拨打110核实。',
      },
    },
    fake_refund: {
      how: {
        en: 'The “test payment” is a real one, and on a shared screen they read your codes.',
        zh: '所谓“测试付款”是真的付款；共享屏幕时对方会看到您的验证码。',
      },
      advise: {
        en: 'For a refund you never pay and never share your screen. Cancel, and close that app now.',
        zh: '退款从来不需要先付钱，也不需要共享屏幕。请取消，并马上退出那个应用。',
      },
    },
    investment: {
      how: {
        en: 'The gains are numbers on their own page. Small sums come back, large ones never.',
        zh: '收益只是对方网页上的数字。小钱能提，大钱再也提不出来。',
      },
      advise: {
        en: 'Try to withdraw everything today, without a fee. If that fails, it was never invested. Cancel this payment.',
        zh: '请今天试着全部提现，不交任何费用。提不出来，就说明从未投资。请取消这笔付款。',
      },
    },
    part_time_job: {
      how: { en: 'The first tasks are paid out. Then a set of tasks needs larger and larger sums.', zh: '前几单会返钱，之后的“连单”需要越垫越多。' },
      advise: {
        en: 'An employer pays you. A job for which you pay first is not a job. Cancel, and do not finish the set.',
        zh: '工作是别人付钱给您。先垫钱的不是工作。请取消，不要再补单。',
      },
    },
    purchase: {
      how: { en: 'The goods do not exist. Outside the shop nothing protects you.', zh: '商品并不存在，平台外付款没有任何保障。' },
      advise: { en: 'We cancel this payment, and you order inside the shop.', zh: '我们先取消，您在平台内下单付款。' },
    },
    rental: {
      how: { en: 'The photographs are taken from elsewhere, and many pay for the same flat.', zh: '照片是从别处拿来的，很多人为同一套房付了钱。' },
      advise: {
        en: 'See the flat and the owner’s papers first. A landlord who cannot wait for that is none.',
        zh: '请先看房、看产权证明。等不及的不是真房东。',
      },
    },
    loan_fee: {
      how: { en: 'The loan never comes. Each fee is followed by another.', zh: '贷款不会到账，费用一笔接一笔。' },
      advise: {
        en: 'A lender takes its fee from the loan. Before the money is there you owe nothing. Cancel.',
        zh: '正规贷款的费用从放款里扣。钱没到账您不欠任何费用。请取消。',
      },
    },
    training: {
      how: {
        en: 'The course is worthless, the promised income never comes, and the refund is refused.',
        zh: '课程没有价值，承诺的收入不会兑现，退款会被拒绝。',
      },
      advise: { en: 'Take a day, and ask for the contract on paper. A real school can wait a day.', zh: '请等一天，要一份书面合同。正规机构等得起一天。' },
    },
    other: {
      how: { en: 'Hurry, secrecy, and a stranger who tells you what to say to us.', zh: '催得急、要求保密，还教您怎么回答我们。' },
      advise: {
        en: 'Did anyone tell you what to answer us? You may stop here; the money is still yours.',
        zh: '有人教您怎么回答吗？您可以现在停下，钱还在您手里。',
      },
    },
  },
}
