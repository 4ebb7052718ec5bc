import type { HelpRow, HelpView } from '../../../api/transferHelp/view'
import type { Side, TransferHelpBody } from '../../../domain/transferHelp/request'
import { request } from './request'

export type { HelpRow, HelpView, TransferHelpBody }

export const helpLists = ['open', 'attention', 'mine', 'closed'] as const
export type HelpList = (typeof helpLists)[number]

export interface AnswerGiven {
  answer: 'return' | 'refuse'
  amount?: number
  instalments?: number
  reason?: string
}

const at = (caseId: string) => `/v1/transfer-help/${encodeURIComponent(caseId)}`

export const transferHelp = {
  list: async (show: HelpList) => (await request<{ cases: HelpRow[] }>('GET', `/v1/transfer-help?show=${show}&limit=200`)).cases,
  open: (help: TransferHelpBody) => request<{ caseId: string }>('POST', '/v1/transfer-help', help),
  read: (caseId: string) => request<HelpView>('GET', at(caseId)),
  takeUp: (caseId: string) => request<void>('POST', `${at(caseId)}/take-up`),
  answer: (caseId: string, given: AnswerGiven) => request<void>('POST', `${at(caseId)}/payee-answer`, given),
  propose: (caseId: string, proposal: { amount: number; instalments: number; words: string }) => request<void>('PUT', `${at(caseId)}/proposal`, proposal),
  sideAnswer: (caseId: string, side: Side, agrees: boolean) => request<void>('POST', `${at(caseId)}/mediation-answers`, { side, agrees }),
  giveUp: (caseId: string, reason: string) => request<void>('POST', `${at(caseId)}/mediation-end`, { reason }),
  evidenceAddress: (caseId: string, language: string) => `${at(caseId)}/evidence?language=${language.startsWith('zh') ? 'zh-CN' : 'en'}`,
}
