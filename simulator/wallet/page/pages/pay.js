import { askFor } from '../backend.js'
import { field, h } from '../element.js'
import { fenOf } from '../format.js'

/** Pay somebody. The app asks the product before it moves anything. */
export function payPage({ home, text, go, complain }) {
  const name = h('input', { name: 'payeeName', required: true, maxlength: '100', autocomplete: 'off' })
  const id = h('input', { name: 'payeeId', required: true, maxlength: '100', autocomplete: 'off' })
  const amount = h('input', { name: 'amount', required: true, inputmode: 'decimal', autocomplete: 'off' })
  const kinds = ['transfer', 'purchase', 'face_payment']
  const city = h('input', { name: 'city', maxlength: '100', autocomplete: 'off' })
  const where = field(text('city'), city)
  where.hidden = true
  const kind = h('select', { name: 'kind' }, ...kinds.map((one) => h('option', { value: one }, text(one))))
  kind.addEventListener('change', () => (where.hidden = kind.value !== 'face_payment'))
  const button = h('button', { class: 'go' }, text('payNow'))

  async function pay(event) {
    event.preventDefault()
    const fen = fenOf(amount.value)
    if (fen === undefined) return complain(text('badAmount'))
    button.disabled = true
    try {
      const order = { kind: kind.value, payee: { id: id.value.trim(), name: name.value.trim() }, amount: fen, ...(!where.hidden && city.value.trim() && { city: city.value.trim() }) }
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
    h('form', { onsubmit: pay }, field(text('payeeName'), name), field(text('payeeId'), id), field(text('amount'), amount), kind, where, button),
  ]
}
