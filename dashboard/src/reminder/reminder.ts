import type { PlaybookForecastView, VersionedPlaybookView as VersionedPlaybook } from '../../../api/desk/playbook'
import type { Playbook } from '../../../domain/reminder/playbook'
import type { ScamType } from '../../../domain/money'
import type { TalkOutcome } from '../../../domain/reminder/check'
import type { ChatMessage } from '../../../records/reminder/chat'
import { request } from '../api/request'
import type { KeptVersion } from '../review/VersionList'

export type { VersionedPlaybook }

export type { ChatMessage }

export interface Talk {
  outcome: TalkOutcome
  scamType?: ScamType
  notes?: string
  trustedContact?: { name: string; phone: string }
}

const caseAddress = (caseId: string) => `/v1/desk/cases/${encodeURIComponent(caseId)}`

/** What an agent does in a case about a paused payment. */
export const reminder = {
  messages: (caseId: string) => request<{ messages: ChatMessage[] }>('GET', `${caseAddress(caseId)}/messages`),
  write: (caseId: string, text: string) => request<ChatMessage>('POST', `${caseAddress(caseId)}/messages`, { text }),
  record: (caseId: string, talk: Talk) => request<{ outcome: TalkOutcome; score: number; calledAgain: boolean }>('POST', `${caseAddress(caseId)}/talk`, talk),
  playbook: () => request<VersionedPlaybook>('GET', '/v1/playbook'),
  playbookVersions: async () => (await request<{ versions: KeptVersion<Playbook>[] }>('GET', '/v1/playbook/versions')).versions,
  forecastPlaybook: (basedOn: number, body: Playbook) => request<PlaybookForecastView>('POST', '/v1/playbook/forecast', { basedOn, body }),
  changePlaybook: (basedOn: number, body: Playbook) => request<VersionedPlaybook>('POST', '/v1/playbook', { basedOn, body }),
}
