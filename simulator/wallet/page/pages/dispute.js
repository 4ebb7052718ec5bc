import { askFor } from '../backend.js'
import { field, h } from '../element.js'
import { moment, money } from '../format.js'

const reasons = ['not_me', 'wrong_place', 'wrong_amount', 'goods_not_received']
const pollMillis = 2_000

/** The way from a payment to its dispute. Nothing is disputed that was never carried out. */
export function disputeAction({ payment, text }) {
  const stopped = ['cancelled', 'refused'].includes(payment.check?.decision)
  if (stopped || ['asking', 'paused', 'cancelled', 'refused'].includes(payment.state)) return null
  return h('a', { class: 'button', href: `#/dispute/${encodeURIComponent(payment.paymentId)}` }, text('dispute-link'))
}

/** One payment's dispute: what is wrong with it, or how it stands, what was told, what the payer can show, and the appeal. */
export async function disputePage({ home, language, text, argument, complain }) {
  const payment = home.payments.find(({ paymentId }) => paymentId === argument)
  if (!payment) return [h('p', { class: 'empty' }, text('unknownPayment'))]
  const path = `/payments/${encodeURIComponent(argument)}/dispute`
  const place = h('div', {})
  let shown

  async function send(where, body) {
    try {
      show((await askFor(home.person, 'POST', where, body)).dispute)
      complain()
    } catch (error) {
      complain(error.message)
    }
  }

  function show(dispute) {
    const now = JSON.stringify(dispute)
    // Drawing anew would take away what is being typed.
    if (now === shown) return
    shown = now
    place.replaceChildren(...(dispute ? standing(dispute) : opening()))
  }

  function opening() {
    const reason = h('select', { name: 'reason' }, ...reasons.map((one) => h('option', { value: one }, text(`dispute-${one}`))))
    const statement = h('textarea', { name: 'statement', rows: '4', maxlength: '4000' })
    const open = (event) => {
      event.preventDefault()
      const said = statement.value.trim()
      void send(path, { reason: reason.value, ...(said && { statement: said }) })
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

  function standing(dispute) {
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
      mayAppeal && appeal(appealBy),
      h('h2', {}, text('dispute-told')),
      h(
        'ol',
        { class: 'list notices' },
        ...messages.toReversed().map((message) => h('li', {}, h('small', {}, moment(message.at, language)), h('p', {}, message.text))),
      ),
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
      status !== 'closed' && attaching(),
    ].filter(Boolean)
  }

  function appeal(until) {
    const why = h('textarea', { name: 'appeal', rows: '3', maxlength: '4000', required: true })
    const sendAppeal = (event) => {
      event.preventDefault()
      void send(`${path}/appeal`, { reason: why.value.trim() })
    }
    return h(
      'form',
      { class: 'check', onsubmit: sendAppeal },
      field(text('dispute-appeal'), why, `${text('dispute-until')} ${moment(until, language)}`),
      h('button', { class: 'go' }, text('dispute-send-appeal')),
    )
  }

  function attaching() {
    const input = h('input', { type: 'file', name: 'file', accept: 'application/pdf,image/png,image/jpeg,text/plain' })
    input.addEventListener('change', async () => {
      const [file] = input.files
      if (file) await send(`${path}/files`, { name: file.name, mediaType: file.type, content: await base64Of(file) })
      input.value = ''
    })
    return field(text('dispute-attach'), input, text('dispute-attach-hint'))
  }

  async function follow() {
    const { dispute } = await askFor(home.person, 'GET', path)
    show(dispute)
  }

  await follow()
  const timer = setInterval(() => {
    if (!place.isConnected) clearInterval(timer)
    else follow().catch((error) => complain(error.message))
  }, pollMillis)
  return [
    h('h1', {}, text('dispute-title')),
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

async function base64Of(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result))
    reader.addEventListener('error', () => reject(reader.error))
    reader.readAsDataURL(file)
  })
  return url.slice(url.indexOf(',') + 1)
}
