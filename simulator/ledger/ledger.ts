import { createHash, randomUUID } from 'node:crypto'
import type { Clock } from '../clock'
import type { Store } from '../store'
import { type Entry, type Payment, transfer } from './entry'
import { type Body, type Kind, type LedgerAnswer, move, type PaymentState } from './operation'
import { type Accepted, isPartial, type PartialBody, partialLines, refusalOf } from './partial'

/** The key was used before, with something else in the body. */
export class KeyReused extends Error {
  constructor(readonly key: string) {
    super(`The key ${key} was used before with another body.`)
    this.name = 'KeyReused'
  }
}

interface Operation {
  id: string
  fingerprint: string
  body: Body
  answer: LedgerAnswer
  /** Where it takes the payment; kept for the moment of confirmation. */
  to: PaymentState | null
}

export interface Ledger {
  /**
   * Carries out an operation once per kind and key. `pending` leaves the entry to `confirm`, and so does an earlier
   * operation on the same payment that is still pending.
   * @throws {KeyReused} when the key came with another body before
   */
  apply<K extends Kind>(kind: K, key: string, body: Body<K>, pending?: boolean): LedgerAnswer
  answer(kind: Kind, key: string): LedgerAnswer | undefined
  /** Makes the entry of a pending operation; the same answer again for one that has been confirmed. */
  confirm(kind: Kind, key: string): LedgerAnswer
  /** Pending operations, oldest first. */
  pending(): LedgerAnswer[]
  payment(paymentId: string): Payment | undefined
  entries(paymentId?: string): Entry[]
  restricted(accountId: string): boolean
  /** Balances of one account by currency. */
  balances(account: string): Record<string, number>
}

/** The payments core: a double-entry ledger of held, frozen, released and refunded payments. */
export function createLedger({ store, clock }: { store: Store; clock: Clock }): Ledger {
  const operations = store.table<Operation>('ledger.operations')
  const payments = store.table<Payment>('ledger.payments')
  const entries = store.table<Entry>('ledger.entries')
  const restrictions = store.table<string>('ledger.restrictions')
  const balances = new Map<string, Record<string, number>>()
  const byPayment = new Map<string, Entry[]>()
  const add = (entry: Entry) => {
    byPayment.set(entry.paymentId, [...(byPayment.get(entry.paymentId) ?? []), entry])
    for (const { account, amount, currency } of entry.lines) {
      const sums = balances.get(account) ?? balances.set(account, {}).get(account)!
      sums[currency] = (sums[currency] ?? 0) + amount
    }
  }
  for (const entry of entries.values()) add(entry)
  const open = new Set([...operations.values()].filter((o) => o.answer.status === 'pending').map((o) => o.id))

  const now = () => clock.now().toISOString()
  const idOf = (kind: Kind, key: string) => `${kind}/${key}`

  function decide(kind: Kind, body: Body): { to: PaymentState | null; state: LedgerAnswer['state']; refusal?: string } {
    if (kind === 'restriction') return { to: null, state: 'restricted' }
    const before = payments.get(body.paymentId)?.expected ?? 'none'
    if (isPartial(kind)) {
      const refusal = refusalOf(kind, body as PartialBody, acceptedOn(body.paymentId))
      return { to: null, state: before, ...(refusal && { refusal }) }
    }
    const moved = move(kind, before)
    return 'refusal' in moved ? { to: null, state: before, refusal: moved.refusal } : { to: moved.to, state: moved.to }
  }

  /** Partial operations on a payment so far, oldest first. */
  const acceptedOn = (paymentId: string): Accepted[] =>
    [...operations.values()].flatMap(({ body, answer }) =>
      body.paymentId === paymentId && isPartial(answer.kind) && answer.status !== 'refused'
        ? [{ kind: answer.kind, amount: (body as PartialBody).amount }]
        : [],
    )

  function expect(kind: Kind, body: Body, to: PaymentState | null): void {
    if (to === null) return
    if (kind === 'hold') {
      const { paymentId, payerId, payeeId, amount } = body as Body<'hold'>
      payments.put(paymentId, { paymentId, payerId, payeeId: payeeId ?? null, amount, state: 'none', expected: to })
    } else payments.put(body.paymentId, { ...payments.get(body.paymentId)!, expected: to })
  }

  /** Makes the entry and moves the payment; the only place where money moves. */
  function post(operation: Operation): Operation {
    const { body, to, answer } = operation
    const payment = payments.get(body.paymentId)
    const entry: Entry = {
      entryId: `entry_${randomUUID()}`,
      key: answer.key,
      kind: answer.kind,
      paymentId: body.paymentId,
      caseId: body.caseId,
      actor: body.actor ?? null,
      reason: body.reason ?? null,
      at: now(),
      lines: isPartial(answer.kind) ? partialLines(answer.kind, body as PartialBody) : to === null ? [] : transfer(payment!, to),
    }
    if (to !== null) payments.put(body.paymentId, { ...payment!, state: to })
    else if (answer.kind === 'restriction') restrictions.put((body as Body<'restriction'>).accountId, answer.key)
    entries.put(entry.entryId, entry)
    return operations.put(operation.id, { ...operation, answer: { ...answer, status: 'confirmed', entryId: entry.entryId, at: entry.at } })
  }

  /** A hold takes no more than the payee has, and what other operations are about to take is not there any more. */
  function asMuchAsThereIs(body: Body<'payeeHold'>): Body<'payeeHold'> {
    const { amount, currency } = body.amount
    const account = `payee:${body.payeeId}`
    const takenSoon = [...open].flatMap((id) => {
      const { answer, body: other } = operations.get(id)!
      return isPartial(answer.kind) ? partialLines(answer.kind, other as PartialBody).filter((line) => line.amount < 0) : []
    })
    const taken = takenSoon.reduce((sum, line) => (line.account === account && line.currency === currency ? sum - line.amount : sum), 0)
    const left = (balances.get(account)?.[currency] ?? 0) - taken
    return { ...body, amount: { amount: Math.max(0, Math.min(amount, left)), currency } }
  }

  const waiting = (paymentId: string) => [...open].some((id) => operations.get(id)!.answer.paymentId === paymentId)

  return {
    apply(kind, key, asked, pending = false) {
      const id = idOf(kind, key)
      const fingerprint = createHash('sha256').update(canonical(asked)).digest('hex')
      const known = operations.get(id)
      if (known && known.fingerprint !== fingerprint) throw new KeyReused(key)
      if (known) return known.answer

      const body = kind === 'payeeHold' ? asMuchAsThereIs(asked as Body<'payeeHold'>) : asked
      const { to, state, refusal } = decide(kind, body)
      const status = refusal ? 'refused' : 'pending'
      const about = { key, kind, paymentId: body.paymentId, ...(isPartial(kind) && { amount: (body as PartialBody).amount }) }
      const answer: LedgerAnswer = { ...about, status, state, entryId: null, at: now(), ...(refusal && { reason: refusal }) }
      const later = pending || waiting(body.paymentId)
      const operation = store.together(() => {
        const accepted = operations.put(id, { id, fingerprint, body, answer, to })
        if (refusal) return accepted
        expect(kind, body, to)
        return later ? accepted : post(accepted)
      })
      if (operation.answer.status === 'pending') open.add(id)
      else if (operation.answer.entryId) add(entries.get(operation.answer.entryId)!)
      return operation.answer
    },
    answer: (kind, key) => operations.get(idOf(kind, key))?.answer,
    confirm(kind, key) {
      const operation = operations.get(idOf(kind, key))!
      if (operation.answer.status !== 'pending') return operation.answer
      const posted = store.together(() => post(operation))
      open.delete(operation.id)
      add(entries.get(posted.answer.entryId!)!)
      return posted.answer
    },
    pending: () => [...open].map((id) => operations.get(id)!.answer),
    payment: (paymentId) => payments.get(paymentId),
    entries: (paymentId) => (paymentId === undefined ? [...entries.values()] : [...(byPayment.get(paymentId) ?? [])]),
    restricted: (accountId) => restrictions.get(accountId) !== undefined,
    balances: (account) => ({ ...balances.get(account) }),
  }
}

/** The same text for the same body, whatever the order of its fields. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`
}
