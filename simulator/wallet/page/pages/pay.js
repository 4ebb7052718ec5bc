import { askFor } from '../backend.js'
import { field, h } from '../element.js'
import { fenOf } from '../format.js'

/** Pay somebody. The app asks the product before it moves anything. */
export function payPage({ home, text, go, complain }) {
  const name = h('input', { name: 'payeeName', required: true, maxlength: '100', autocomplete: 'off' })
  const id = h('input', { name: 'payeeId', required: true, maxlength: '100', autocomplete: 'off' })
  const amount = h('input', { name: 'amount', required: true, inputmode: 'decimal', autocomplete: 'off' })
  const kind = h('select', { name: 'kind' }, h('option', { value: 'transfer' }, text('transfer')), h('option', { value: 'purchase' }, text('purchase')))
  const button = h('button', { class: 'go' }, text('payNow'))

  async function pay(event) {
    event.preventDefault()
    const fen = fenOf(amount.value)
    if (fen === undefined) return complain(text('badAmount'))
    button.disabled = true
    try {
      const order = { kind: kind.value, payee: { id: id.value.trim(), name: name.value.trim() }, amount: fen }
      const { paymentId } = await askFor(home.person, 'POST', '/payments', order)
      complain()
      go(`#/payments/${encodeURIComponent(paymentId)}`)
    } catch (error) {
      complain(error.message)
    } finally {
      button.disabled = false
    }
  }

  return [
    h('h1', {}, text('payTitle')),
    h('form', { onsubmit: pay }, field(text('payeeName'), name), field(text('payeeId'), id), field(text('amount'), amount), kind, button),
  ]
}
