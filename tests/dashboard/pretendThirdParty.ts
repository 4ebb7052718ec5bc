import type { Call, ThirdPartyChoice } from '../../dashboard/src/api/desk'
import type { DirectoryView } from '../../api/admin/directory'

const interpreters = { en: 'Interpreters', zh: '口译服务' }
const entries: DirectoryView['entries'] = [
  { id: 'interpreters', name: interpreters, phone: '+861065001234', purpose: 'Cantonese and English, day and night. Say our contract number 77.', language: 'zh-CN', active: true },
  { id: 'card-issuer', name: { en: 'Card issuer’s fraud desk', zh: '发卡行反欺诈热线' }, phone: '+862150005678', purpose: 'Have the last four digits of the card at hand.', active: true },
  { id: 'old-hotline', name: { en: 'Old hotline', zh: '旧热线' }, phone: '+862150005679', purpose: 'Moved to the fraud desk.', active: false },
]

export const pretendDirectory: DirectoryView = { version: 3, entries }

export const pretendThirdPartyChoice: ThirdPartyChoice = {
  entries: entries.filter(({ active }) => active).map(({ id, name, phone, purpose }) => ({ id, name, phone, purpose })),
  typedNumbers: true,
  leaveTogether: true,
}

export function pretendThirdParty(part: Partial<NonNullable<Call['thirdParty']>> = {}): NonNullable<Call['thirdParty']> {
  return { thirdPartyId: 'third-1', name: interpreters, phone: '+8610****1234', status: 'in_progress', machine: false, joined: true, dropped: false, outcome: null, errorCode: null, ...part }
}
