import type { CaseView } from '../api/caseView'
import type { TransferHelpBody } from '../api/transferHelp'
import { minorUnits, typedMoney } from '../design/format'

/** What the form shows, by the name of its field: the path of the same field in the request. */
export type HelpForm = Partial<Record<HelpField, string>>
export type HelpField =
  | 'transferId' | 'kind' | 'transferredAt' | 'amount' | 'currency' | 'reason'
  | 'payer.id' | 'payer.name' | 'payer.phones' | 'payer.locale'
  | 'payee.id' | 'payee.name' | 'payee.phone' | 'payee.locale'

/** What is known already of a payment that was called about; empty when the case has no such payment. */
export function formOf({ payer, payments }: Pick<CaseView, 'payer' | 'payments'>, paymentId: string): HelpForm {
  const payment = payments.find((each) => each.paymentId === paymentId)
  if (!payment) return {}
  const { amount, payee, paidAt } = payment
  return {
    transferId: paymentId,
    transferredAt: localTime(paidAt),
    amount: typedMoney(amount),
    currency: amount.currency,
    'payer.id': payer.id,
    'payer.name': payer.name,
    'payer.phones': payer.phones.join(', '),
    'payer.locale': payer.locale,
    'payee.id': payee.id,
    'payee.name': payee.name,
  }
}

/** The request that a filled in form stands for. Amounts are typed as they are read: 5000.00, not in minor units. */
export function requestOf(form: FormData): TransferHelpBody {
  const given = (field: HelpField) => String(form.get(field) ?? '').trim()
  const phone = given('payee.phone')
  const currency = given('currency')
  return {
    transferId: given('transferId'),
    kind: given('kind') as TransferHelpBody['kind'],
    reason: given('reason'),
    transferredAt: new Date(given('transferredAt')).toISOString(),
    amount: { amount: minorUnits(given('amount'), currency), currency },
    payer: {
      id: given('payer.id'),
      name: given('payer.name'),
      phones: given('payer.phones').split(/[,，;；\s]+/).filter(Boolean),
      locale: given('payer.locale'),
    },
    payee: { id: given('payee.id'), name: given('payee.name'), locale: given('payee.locale'), ...(phone === '' ? {} : { phone }) },
  }
}

/** A moment as a field of the kind `datetime-local` takes it, by the reader's clock, to the second. */
function localTime(at: string): string {
  const moment = new Date(at)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}
