import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { MoneyActionKind } from '../../domain/money'
import { PaymentsCoreUnavailable, type PaymentsCore } from '../../providers/paymentsCore'
import { createClock } from '../../simulator/clock'
import { auditLedger } from '../../simulator/ledger/audit'
import { createLedger } from '../../simulator/ledger/ledger'
import type { Body, Kind } from '../../simulator/ledger/operation'
import { openStore } from '../../simulator/store'

const kinds: Partial<Record<MoneyActionKind, Kind>> = { hold_payee: 'payeeHold', return: 'payeeReturn', release_payee: 'payeeRelease' }

/** The simulator's double-entry ledger as the payments core, whose answers get lost or come later as a test says. */
export function createLedgerCore() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-'))
  const store = openStore(directory)
  const ledger = createLedger({ store, clock: createClock(1) })
  const troubles: ('lost' | 'pending' | 'fine')[] = []
  const core: Pick<PaymentsCore, 'instruct'> = {
    async instruct(kind, key, body) {
      const trouble = troubles.shift()
      // As the core does: a repetition of what is pending finds it confirmed some time.
      const known = ledger.answer(kinds[kind]!, key)
      if (known?.status === 'pending') ledger.confirm(kinds[kind]!, key)
      const { status, entryId, reason, amount } = ledger.apply(kinds[kind]!, key, body as Body, trouble === 'pending')
      if (trouble === 'lost') throw new PaymentsCoreUnavailable('the answer was lost')
      return { status, ...(entryId ? { entryId } : {}), ...(reason ? { reason } : {}), ...(amount ? { amount } : {}) }
    },
  }
  let transfers = 0
  return {
    core: core as PaymentsCore,
    /** What becomes of the next answers. */
    next: (...given: typeof troubles) => void troubles.push(...given),
    transfer(paymentId: string, from: string, to: string, amount: number): void {
      ledger.apply('transfer', `t${++transfers}`, { paymentId, from, to, amount: { amount, currency: 'CNY' }, caseId: 'none' })
    },
    has: (account: string) => ledger.balances(account)['CNY'] ?? 0,
    kindsOn: (paymentId: string) => ledger.entries(paymentId).map(({ kind }) => kind),
    balanced: () => auditLedger(ledger).balanced,
    async stop() {
      await store.close()
      fs.rmSync(directory, { recursive: true, force: true })
    },
  }
}
