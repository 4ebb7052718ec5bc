import type { DeskCase } from '../../../api/desk/cases'
import type { SoftphoneAccess } from '../../../api/desk/softphone'
import type { ThirdPartyChoice } from '../../../api/desk/thirdParty'
import type { CallView as Call } from '../../../api/views/call'
import type { OfferView as Offer, PresenceView as Presence } from '../../../api/views/presence'
import type { ScamType, VerdictKind } from '../../../domain/money'
import type { CaseView } from './caseView'
import { request } from './request'

export type { Call, DeskCase, Offer, Presence, SoftphoneAccess, ThirdPartyChoice }

export type ChosenStatus = 'available' | 'break' | 'offline'

interface Person {
  id: string
  name: string
}

export interface VerdictInput {
  paymentId: string
  verdict: VerdictKind
  scamType?: ScamType
  notes?: string
}

export interface VerdictAnswer {
  verdicts: { paymentId: string; verdict: VerdictKind; effect: 'taken' | 'waits_for_contact' }[]
}

const part = encodeURIComponent

/** The agent's own endpoints. */
export const desk = {
  setPresence: (status: ChosenStatus, reason?: string) => request<Presence>('PUT', '/v1/desk/presence', reason === undefined ? { status } : { status, reason }),
  accept: (offerId: string) => request<{ offer: unknown; case: CaseView }>('POST', `/v1/desk/offers/${part(offerId)}/accept`, {}),
  decline: (offerId: string, reason?: string) => request<void>('POST', `/v1/desk/offers/${part(offerId)}/decline`, reason === undefined ? {} : { reason }),
  readCase: (caseId: string) => request<DeskCase>('GET', `/v1/desk/cases/${part(caseId)}`),
  saveNotes: (caseId: string, text: string, leaving = false) => request<void>('PUT', `/v1/desk/cases/${part(caseId)}/notes`, { text }, { keepalive: leaving }),
  recordGuidance: (caseId: string, advice: DeskCase['guidanceGiven']) => request<void>('PUT', `/v1/desk/cases/${part(caseId)}/guidance`, { advice }),
  recordVerdicts: (caseId: string, verdicts: VerdictInput[]) => request<VerdictAnswer>('POST', `/v1/desk/cases/${part(caseId)}/verdicts`, { verdicts }),
  hangUp: (caseId: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/hang-up`, {}),
  pauseRecording: (caseId: string, paused: boolean) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/recording`, { paused }),
  hold: (caseId: string, hold: boolean) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/hold`, { hold }),
  askForHelp: (caseId: string, reason: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/help`, reason === '' ? {} : { reason }),
  withdrawHelp: (caseId: string) => request<void>('DELETE', `/v1/desk/cases/${part(caseId)}/help`),
  colleagues: async () => (await request<{ colleagues: Person[] }>('GET', '/v1/desk/colleagues')).colleagues,
  transfer: (caseId: string, toAgentId: string, note: string) =>
    request<void>('POST', `/v1/desk/cases/${part(caseId)}/transfer`, { ...(toAgentId === '' ? {} : { toAgentId }), ...(note === '' ? {} : { note }) }),
  completeTransfer: (caseId: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/transfer/complete`, {}),
  cancelTransfer: (caseId: string) => request<void>('DELETE', `/v1/desk/cases/${part(caseId)}/transfer`),
  thirdParties: (caseId: string) => request<ThirdPartyChoice>('GET', `/v1/desk/cases/${part(caseId)}/third-party`),
  addThirdParty: (caseId: string, whom: { entryId: string } | { phone: string }) => request<{ thirdPartyId: string }>('POST', `/v1/desk/cases/${part(caseId)}/third-party`, whom),
  dropThirdParty: (caseId: string) => request<void>('DELETE', `/v1/desk/cases/${part(caseId)}/third-party`),
  leaveTogether: (caseId: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/third-party/leave`, {}),
  extendWrapUp: () => request<Presence>('POST', '/v1/desk/wrap-up/extension'),
  finishChat: (caseId: string) => request<Presence>('DELETE', `/v1/desk/chats/${part(caseId)}`),
  extendChat: (caseId: string) => request<Presence>('POST', `/v1/desk/chats/${part(caseId)}/extension`),
  callNow: (caseId: string) => request<void>('POST', `/v1/desk/cases/${part(caseId)}/call`, {}),
  appoint: (caseId: string, at: string) => request<{ at: string }>('PUT', `/v1/desk/cases/${part(caseId)}/appointment`, { at }),
  /** The answer to a question of the event stream; one that is lost is asked for again. */
  answerPulse: () => request<void>('POST', '/v1/desk/pulse').catch(() => undefined),
  softphone: () => request<SoftphoneAccess>('GET', '/v1/desk/softphone'),
}
