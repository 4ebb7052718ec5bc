import { field, h } from '../element.js'
import { moment, money } from '../format.js'
import { paymentCasePage, toldList, wasCarriedOut } from './paymentCase.js'

const kinds = ['wrong_transfer', 'impersonation']
/** Ends that leave somebody with the way to the police and to court. */
const lacking = ['part_returned', 'not_returned']

/** The way from a transfer that went out to help with it. */
export function helpAction({ payment, text }) {
  const gone = payment.kind === 'transfer' && wasCarriedOut(payment)
  return gone && h('a', { class: 'button', href: `#/help/${encodeURIComponent(payment.paymentId)}` }, text('help-link'))
}

/** Help with one transfer: what happened, or what was done since, where the money is, the proposal, and the evidence. */
export function helpPage(context) {
  const { home, language, text, argument } = context
  const yuan = ({ amount }) => money(amount, language)
  const line = (label, value) => [h('dt', {}, text(label)), h('dd', {}, value)]

  function opening(send) {
    const kind = h('select', { name: 'kind' }, ...kinds.map((one) => h('option', { value: one }, text(`help-${one}`))))
    const reason = h('textarea', { name: 'reason', rows: '4', maxlength: '4000', required: true })
    const open = (event) => {
      event.preventDefault()
      void send('', { kind: kind.value, reason: reason.value.trim() })
    }
    return [
      h('p', {}, text('help-lead')),
      h('form', { onsubmit: open }, field(text('help-what'), kind), field(text('help-words'), reason), h('button', { class: 'go' }, text('help-open'))),
    ]
  }

  function standing(help, send) {
    const { kind, status, outcome, held, returned, holdUntil, proposal, instalments, messages } = help
    const over = status === 'closed'
    return [
      h('p', { class: 'state', 'data-state': !over ? 'held' : outcome === 'not_returned' ? 'refused' : 'released' }, text(`help-${over ? outcome : status}`)),
      h(
        'dl',
        {},
        ...line('help-what', text(`help-${kind}`)),
        ...line('help-held', yuan(held)),
        ...(held.amount > 0 && holdUntil ? line('help-until', moment(holdUntil, language)) : []),
        ...line('help-back', yuan(returned)),
      ),
      (status === 'evidence' || lacking.includes(outcome)) && evidence(),
      proposal && proposed(help, send),
      instalments.length > 1 && schedule(instalments),
      h('h2', {}, text('help-told')),
      toldList(messages, language),
    ]
  }

  function proposed({ status, mediation, proposal: { amount, instalments, words, payerAgrees, payeeAgrees } }, send) {
    const open = status === 'mediation' && mediation === null
    const answer = (agrees) => () => void send('/mediation-answer', { agrees })
    const said = (agrees) => text(agrees === null ? 'help-not-said' : agrees ? 'help-agrees' : 'help-disagrees')
    return h(
      'section',
      { class: 'check', 'data-phase': open ? 'confirming' : 'final' },
      h('h2', {}, text('help-proposal')),
      h('p', { class: 'large' }, yuan(amount)),
      instalments > 1 && h('p', {}, `${text('help-parts')} ${instalments}`),
      h('p', {}, words),
      open && payerAgrees === null
        ? [
            h('button', { type: 'button', class: 'go', onclick: answer(true) }, text('help-agree')),
            h('button', { type: 'button', onclick: answer(false) }, text('help-disagree')),
          ]
        : h('dl', {}, ...line('help-you', said(payerAgrees)), ...line('help-payee', said(payeeAgrees))),
    )
  }

  function schedule(instalments) {
    return h(
      'ul',
      { class: 'list' },
      ...instalments.map(({ dueAt, amount, state }) =>
        h('li', { class: 'row' }, h('span', {}, moment(dueAt, language)), h('span', { class: 'amount' }, yuan(amount), h('small', {}, text(`help-part-${state}`)))),
      ),
    )
  }

  function evidence() {
    const where = `/people/${encodeURIComponent(home.person.id)}/payments/${encodeURIComponent(argument)}/transfer-help/evidence`
    const href = `/sim/wallet${where}?language=${language === 'zh' ? 'zh-CN' : 'en'}`
    return h('a', { class: 'button', href, download: '' }, text('help-package'))
  }

  return paymentCasePage(context, { path: 'transfer-help', name: 'help', title: text('help-title'), opening, standing })
}
