import { askFor } from '../backend.js'
import { h } from '../element.js'
import { moment, money } from '../format.js'

const pollMillis = 2_000

/**
 * A page about one payment's case: opened here, or how it stands. It is drawn anew only when the case has changed,
 * for somebody may be typing.
 * `about` is `{path, name, title, opening, standing}`: the case's address under the payment, its name in the answers,
 * and what is shown without and with one, each given `send(path, body)`.
 */
export async function paymentCasePage({ home, language, text, argument, complain }, { path, name, title, opening, standing }) {
  const payment = home.payments.find(({ paymentId }) => paymentId === argument)
  if (!payment) return [h('p', { class: 'empty' }, text('unknownPayment'))]
  const address = `/payments/${encodeURIComponent(argument)}/${path}`
  const place = h('div', {})
  let shown

  async function send(where, body) {
    try {
      show((await askFor(home.person, 'POST', `${address}${where}`, body))[name])
      complain()
    } catch (error) {
      complain(error.message)
    }
  }

  function show(found) {
    const now = JSON.stringify(found)
    if (now === shown) return
    shown = now
    place.replaceChildren(...(found ? standing(found, send) : opening(send)).filter(Boolean))
  }

  const follow = async () => show((await askFor(home.person, 'GET', address))[name])
  await follow()
  const timer = setInterval(() => {
    if (!place.isConnected) clearInterval(timer)
    else follow().catch((error) => complain(error.message))
  }, pollMillis)
  return [
    h('h1', {}, title),
    h(
      'p',
      {},
      h('strong', {}, money(payment.amount, language)),
      ` · ${payment.payee.name}`,
      h('small', {}, [moment(payment.at, language), payment.city].filter(Boolean).join(' · ')),
    ),
    place,
    h('a', { class: 'button quiet', href: `#/payments/${encodeURIComponent(argument)}` }, text('back')),
  ]
}

/** Nothing is asked about a payment that was never carried out. */
export function wasCarriedOut(payment) {
  const stopped = ['cancelled', 'refused'].includes(payment.check?.decision)
  return !stopped && !['asking', 'paused', 'cancelled', 'refused'].includes(payment.state)
}

/** What the payer was told, the last first. */
export function toldList(messages, language) {
  return h(
    'ol',
    { class: 'list notices' },
    ...messages.toReversed().map((message) => h('li', {}, h('small', {}, moment(message.at, language)), h('p', {}, message.text))),
  )
}
