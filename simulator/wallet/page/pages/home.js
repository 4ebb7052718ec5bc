import { h } from '../element.js'
import { moment, money } from '../format.js'

/** The balance and what was paid lately. */
export function homePage({ home, language, text }) {
  return [
    h('section', { class: 'balance' }, h('span', {}, text('balance')), h('strong', {}, money(home.balance, language))),
    home.restricted && h('p', { class: 'warning' }, text('restricted')),
    h('h2', {}, text('payments')),
    home.payments.length === 0
      ? h('p', { class: 'empty' }, text('noPayments'))
      : h('ul', { class: 'list' }, home.payments.map((payment) => paymentRow(payment, { language, text }))),
  ]
}

function paymentRow(payment, { language, text }) {
  return h(
    'li',
    {},
    h(
      'a',
      { class: 'row', href: `#/payments/${encodeURIComponent(payment.paymentId)}` },
      h('span', {}, payment.payee.name, h('small', {}, moment(payment.at, language))),
      h('span', { class: 'amount' }, money(payment.amount, language), h('small', { 'data-state': payment.state }, text(payment.state))),
    ),
  )
}

/** One payment; other pages add what can be done about it (`actions`). */
export function paymentPage({ home, language, text, argument, actions, complain, redraw }) {
  const payment = home.payments.find(({ paymentId }) => paymentId === argument)
  if (!payment) return [h('p', { class: 'empty' }, text('unknownPayment'))]
  const line = (label, value) => [h('dt', {}, label), h('dd', {}, value)]
  return [
    h('h1', {}, text('details')),
    h('p', { class: 'large' }, money(payment.amount, language)),
    h('p', { class: 'state', 'data-state': payment.state }, text(payment.state)),
    h(
      'dl',
      {},
      ...line(text('payeeName'), payment.payee.name),
      ...line(text('when'), moment(payment.at, language)),
      ...(payment.city ? line(text('city'), payment.city) : []),
      ...line(text('paymentNumber'), payment.paymentId),
    ),
    ...actions.map((action) => action({ payment, home, language, text, complain, redraw })),
    h('a', { class: 'button quiet', href: '#/home' }, text('back')),
  ]
}
