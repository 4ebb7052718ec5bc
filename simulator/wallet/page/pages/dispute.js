import { field, h } from '../element.js'
import { moment } from '../format.js'
import { paymentCasePage, toldList, wasCarriedOut } from './paymentCase.js'

const reasons = ['not_me', 'wrong_place', 'wrong_amount', 'goods_not_received']

/** The way from a payment to its dispute. */
export function disputeAction({ payment, text }) {
  return wasCarriedOut(payment) && h('a', { class: 'button', href: `#/dispute/${encodeURIComponent(payment.paymentId)}` }, text('dispute-link'))
}

/** One payment's dispute: what is wrong with it, or how it stands, what was told, what the payer can show, and the appeal. */
export function disputePage(context) {
  const { language, text } = context

  function opening(send) {
    const reason = h('select', { name: 'reason' }, ...reasons.map((one) => h('option', { value: one }, text(`dispute-${one}`))))
    const statement = h('textarea', { name: 'statement', rows: '4', maxlength: '4000' })
    const open = (event) => {
      event.preventDefault()
      const said = statement.value.trim()
      void send('', { reason: reason.value, ...(said && { statement: said }) })
    }
    return [
      h('p', {}, text('dispute-lead')),
      h(
        'form',
        { onsubmit: open },
        field(text('dispute-what'), reason),
        field(text('dispute-words'), statement),
        h('button', { class: 'go' }, text('dispute-open')),
      ),
    ]
  }

  function standing(dispute, send) {
    const { status, decision, decisionReason, decideBy, finalBy, appealBy, tasks, files, messages } = dispute
    const mayAppeal = status === 'decided' && decision === 'rejected' && appealBy !== null
    return [
      h(
        'p',
        { class: 'state', 'data-state': decision === 'rejected' ? 'refused' : decision === 'upheld' ? 'released' : 'held' },
        text(decision && status !== 'appealed' ? `dispute-${decision}` : `dispute-${status}`),
      ),
      decisionReason && h('p', {}, decisionReason),
      decision === null &&
        h(
          'dl',
          {},
          h('dt', {}, text('dispute-by')),
          h('dd', {}, moment(decideBy, language)),
          h('dt', {}, text('dispute-final')),
          h('dd', {}, moment(finalBy, language)),
        ),
      mayAppeal && appeal(appealBy, send),
      h('h2', {}, text('dispute-told')),
      toldList(messages, language),
      h('h2', {}, text('dispute-tasks')),
      h(
        'ul',
        { class: 'list' },
        ...tasks.map(({ kind, state }) =>
          h('li', { class: 'row' }, h('span', {}, text(`dispute-${kind}`)), h('small', {}, text(state === 'open' ? 'dispute-open-task' : `dispute-${state}`))),
        ),
      ),
      h('h2', {}, text('dispute-files')),
      files.length > 0 &&
        h(
          'ul',
          { class: 'list' },
          ...files.map(({ name, addedAt }) => h('li', { class: 'row' }, h('span', {}, name), h('small', {}, moment(addedAt, language)))),
        ),
      status !== 'closed' && attaching(send),
    ]
  }

  function appeal(until, send) {
    const why = h('textarea', { name: 'appeal', rows: '3', maxlength: '4000', required: true })
    const sendAppeal = (event) => {
      event.preventDefault()
      void send('/appeal', { reason: why.value.trim() })
    }
    return h(
      'form',
      { class: 'check', onsubmit: sendAppeal },
      field(text('dispute-appeal'), why, `${text('dispute-until')} ${moment(until, language)}`),
      h('button', { class: 'go' }, text('dispute-send-appeal')),
    )
  }

  function attaching(send) {
    const input = h('input', { type: 'file', name: 'file', accept: 'application/pdf,image/png,image/jpeg,text/plain' })
    input.addEventListener('change', async () => {
      const [file] = input.files
      if (file) await send('/files', { name: file.name, mediaType: file.type, content: await base64Of(file) })
      input.value = ''
    })
    return field(text('dispute-attach'), input, text('dispute-attach-hint'))
  }

  return paymentCasePage(context, { path: 'dispute', name: 'dispute', title: text('dispute-title'), opening, standing })
}

async function base64Of(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result))
    reader.addEventListener('error', () => reject(reader.error))
    reader.readAsDataURL(file)
  })
  return url.slice(url.indexOf(',') + 1)
}
