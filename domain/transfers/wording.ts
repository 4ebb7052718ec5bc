import type { ScriptLanguage } from '../script/wording'
import type { TransferRefusal, TransferWarning } from './decision'

/** What the payment app says to the payer. */
export const warningTexts: Record<ScriptLanguage, Record<TransferWarning, string>> = {
  'zh-CN': {
    payee_reported: '有用户举报过这个账户。请先通过电话或者见面向对方本人核实，再决定是否转账。',
    payee_new: '这个账户刚注册不久。冒充熟人的骗子常用新账户，请先核实对方身份。',
    payee_renamed: '这个账户最近改过昵称或头像。骗子会复制熟人的头像和昵称，请先核实对方身份。',
  },
  en: {
    payee_reported: 'Others have reported this account. Talk to the person by telephone or face to face before you send anything.',
    payee_new: 'This account was opened only lately, as impostors’ accounts are. Make sure that it is who you think.',
    payee_renamed: 'This account changed its nickname or picture lately. Impostors copy both from your friends: make sure that it is who you think.',
  },
}

export const refusalTexts: Record<ScriptLanguage, Record<TransferRefusal, string>> = {
  'zh-CN': {
    real_name_required: '您还没有完成实名认证，暂时不能转账。',
    too_many_names: '您今天核对过的收款人太多了，请明天再试，或者联系客服。',
  },
  en: {
    real_name_required: 'You cannot transfer before your real name is verified.',
    too_many_names: 'You have checked the names of too many payees today. Try again tomorrow, or ask customer service.',
  },
}
