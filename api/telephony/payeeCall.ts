import { payeeWording, type PayeeRequest } from '../../domain/transferHelp/payeeWording'
import { gatherKey, type Address } from './documents'
import type { Wording } from './wording'

/** The question to a payee who has said who they are: 1 returns it, 2 does not, 0 a person. It names nobody. */
export function askConsent(address: Address, wording: Wording, about: { attemptId: string; request: PayeeRequest; turn: number }): string {
  const { attemptId, request, turn } = about
  const action = address(`calls/${encodeURIComponent(attemptId)}/consent?turn=${turn}`)
  const { question, keys } = payeeWording(request)
  return gatherKey(wording, action, `${question} ${keys}`)
}
