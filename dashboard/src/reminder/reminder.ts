import type { Playbook } from '../../../domain/reminder/playbook'
import type { ScamType } from '../../../domain/money'
import type { TalkOutcome } from '../../../domain/reminder/check'
import type { ChatMessage } from '../../../records/reminder/chat'
import { request } from '../api/request'

export type { ChatMessage }

export interface Talk {
  outcome: TalkOutcome
  scamType?: ScamType
  notes?: string
  trustedContact?: { name: string; phone: string }
}

export interface VersionedPlaybook {
  version: number
  body: Playbook
}

const caseAddress = (caseId: string) => `/v1/desk/cases/${encodeURIComponent(caseId)}`

/** What an agent does in a case about a paused payment. */
export const reminder = {
  messages: (caseId: string) => request<{ messages: ChatMessage[] }>('GET', `${caseAddress(caseId)}/messages`),
  write: (caseId: string, text: string) => request<ChatMessage>('POST', `${caseAddress(caseId)}/messages`, { text }),
  record: (caseId: string, talk: Talk) => request<{ outcome: TalkOutcome; score: number; calledAgain: boolean }>('POST', `${caseAddress(caseId)}/talk`, talk),
  playbook: () => request<VersionedPlaybook>('GET', '/v1/playbook'),
  changePlaybook: (basedOn: number, body: unknown) => request<VersionedPlaybook>('POST', '/v1/playbook', { basedOn, body }),
}
