import { carriedTrace, inSpan } from '../configuration/span'
import type { Configuration } from '../configuration/configuration'
import type { Money, MoneyActionKind } from '../domain/money'
import type { AccountSecurity, SecurityHole } from '../domain/security'
import type { LedgerAnswer } from '../records/money'

const folder: Record<MoneyActionKind, string> = {
  hold: 'holds',
  release: 'releases',
  freeze: 'freezes',
  refund: 'refunds',
  restrict: 'restrictions',
  compensate: 'compensations',
  advance: 'advances',
  recover: 'recoveries',
  hold_payee: 'payee-holds',
  return: 'returns',
  release_payee: 'payee-releases',
}

/** The payments core did not answer in a usable way; the same instruction may be given again without harm. */
export class PaymentsCoreUnavailable extends Error {}

export type PaymentsCore = ReturnType<typeof createPaymentsCore>

/** The payments core over HTTP. Every instruction is a PUT under its own key, so that repeating it changes nothing. */
export function createPaymentsCore(settings: Configuration['funds'], timeoutMillis = 5_000) {
  return {
    /**
     * @returns the ledger's answer; `refused` is an answer, not an error
     * @throws PaymentsCoreUnavailable on an outage, a timeout or an answer that makes no sense
     */
    instruct: (kind: MoneyActionKind, key: string, body: Record<string, unknown>): Promise<LedgerAnswer> =>
      inSpan(`payments core PUT ${folder[kind]}`, { kind: 'CLIENT' }, async () => {
        const response = await fetch(`${settings.url}/${folder[kind]}/${encodeURIComponent(key)}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${settings.token}`, ...carriedTrace() },
          body: JSON.stringify(body),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMillis),
        }).catch((error: unknown) => {
          throw new PaymentsCoreUnavailable(error instanceof Error ? error.message : String(error))
        })
        const answer = (await response.json().catch(() => ({}))) as { status?: unknown; entryId?: string; reason?: string; detail?: string; amount?: Money }
        const { status } = answer
        if (status === 'confirmed' || status === 'pending' || status === 'refused')
          return { status, entryId: answer.entryId, reason: answer.reason, ...(answer.amount ? { amount: answer.amount } : {}) }
        // 409: the key is taken by another instruction, which no retry can mend; a person must look.
        if (response.status === 409 || response.status === 422) return { status: 'refused', reason: answer.detail ?? `answered ${response.status}` }
        throw new PaymentsCoreUnavailable(`answered ${response.status}`)
      }),

    /**
     * How an account is protected now.
     * @returns undefined when the core knows no such account
     * @throws PaymentsCoreUnavailable
     */
    async securityOf(accountId: string): Promise<AccountSecurity | undefined> {
      const response = await fetch(`${settings.url}/accounts/${encodeURIComponent(accountId)}/security`, {
        headers: { authorization: `Bearer ${settings.token}`, ...carriedTrace() },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMillis),
      }).catch((error: unknown) => {
        throw new PaymentsCoreUnavailable(error instanceof Error ? error.message : String(error))
      })
      if (response.status === 404) return undefined
      const answer = (await response.json().catch(() => undefined)) as Record<string, unknown> | undefined
      if (!response.ok || !answer) throw new PaymentsCoreUnavailable(`answered ${response.status}`)
      const said = (hole: SecurityHole) => (typeof answer[hole] === 'boolean' ? answer[hole] : undefined)
      return { digitalCertificate: said('digitalCertificate'), realNameVerified: said('realNameVerified'), phoneBound: said('phoneBound') }
    },
  }
}
