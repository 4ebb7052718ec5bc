import fc from 'fast-check'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createClock } from '../../simulator/clock'
import { auditLedger } from '../../simulator/ledger/audit'
import { createLedger, KeyReused, type Ledger } from '../../simulator/ledger/ledger'
import type { Body, Kind, LedgerAnswer } from '../../simulator/ledger/operation'
import { openStore, type Store } from '../../simulator/store'

const payment = fc.integer({ min: 0, max: 3 })
const key = fc.integer({ min: 0, max: 11 })
const step = fc.record({
  kind: fc.constantFrom<Kind>('hold', 'hold', 'release', 'freeze', 'refund', 'restriction', 'compensation', 'advance', 'recovery', 'payeeHold', 'payeeReturn', 'payeeRelease'),
  payment,
  key,
  pending: fc.boolean(),
  then: fc.constantFrom('repeat', 'confirm', 'restart', 'nothing', 'nothing'),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const bodyOf = ({ kind, payment: p }: Step): Body => {
  const why = { paymentId: `pay-${p}`, caseId: `case-${p}`, actor: 'agent' }
  if (kind === 'hold') return { ...why, payerId: `payer-${p % 2}`, payeeId: `payee-${p % 3}`, amount: { amount: 100 + p, currency: p === 0 ? 'USD' : 'CNY' } }
  const amount = { amount: 40 + p, currency: p === 0 ? 'USD' : 'CNY' }
  if (kind === 'compensation' || kind === 'advance') return { ...why, payerId: `payer-${p % 2}`, amount }
  if (kind === 'recovery') return { ...why, from: 'payer' as const, accountId: `payer-${p % 2}`, amount }
  if (kind === 'payeeHold' || kind === 'payeeRelease') return { ...why, payeeId: `payee-${p % 3}`, amount }
  if (kind === 'payeeReturn') return { ...why, payeeId: `payee-${p % 3}`, payerId: `payer-${p % 2}`, amount }
  return kind === 'restriction' ? { ...why, accountId: `payer-${p % 2}` } : why
}

/** The state that the confirmed entries of a payment must lead to. */
const replay = (kinds: Kind[]) =>
  kinds.reduce<string>((state, kind) => (isMoving(kind) ? { hold: 'held', release: 'released', freeze: 'frozen', refund: 'refunded' }[kind] : state), 'none')
const isMoving = (kind: Kind) => kind === 'hold' || kind === 'release' || kind === 'freeze' || kind === 'refund'

it('stays balanced and idempotent whatever is asked, repeated, left pending or cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-'))
      let store: Store = openStore(directory)
      let ledger: Ledger = createLedger({ store, clock: createClock(1) })
      try {
        for (const s of steps) {
          const id = `k${s.key}`
          const apply = () => ledger.apply(s.kind, id, bodyOf(s), s.pending)
          let answer: LedgerAnswer
          try {
            answer = apply()
          } catch (error) {
            expect(error).toBeInstanceOf(KeyReused)
            continue
          }
          if (s.then === 'repeat') expect(apply()).toEqual(answer)
          if (s.then === 'confirm') for (const open of ledger.pending()) ledger.confirm(open.kind, open.key)
          if (s.then === 'restart') {
            await store.close()
            store = openStore(directory)
            ledger = createLedger({ store, clock: createClock(1) })
            expect(ledger.answer(s.kind, id)).toEqual(ledger.apply(s.kind, id, bodyOf(s)))
          }
          const balance = auditLedger(ledger)
          expect(balance.balanced).toBe(true)
          for (const total of Object.values(balance.totals)) {
            expect(total.sum).toBe(0)
            expect(total.company).toBeLessThanOrEqual(0)
          }
        }
        for (const p of [0, 1, 2, 3]) {
          // A hold takes only what is there, and lets go only of what it took.
          for (const held of Object.values(ledger.balances(`payee-held:payee-${p}`))) expect(held).toBeGreaterThanOrEqual(0)
          for (const left of Object.values(ledger.balances(`payee:payee-${p}`))) expect(left).toBeGreaterThanOrEqual(0)
          const kinds = ledger.entries(`pay-${p}`).map((e) => e.kind)
          expect(ledger.payment(`pay-${p}`)?.state ?? 'none').toBe(replay(kinds))
          expect(kinds.filter((k) => k === 'hold').length).toBeLessThanOrEqual(1)
        }
      } finally {
        await store.close()
        fs.rmSync(directory, { recursive: true, force: true })
      }
    }),
    { numRuns: 150 },
  )
})
