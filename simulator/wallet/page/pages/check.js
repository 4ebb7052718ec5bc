import { askFor } from '../backend.js'
import { field, h } from '../element.js'
import { moment } from '../format.js'

/** What the payer of a paused payment sees and can do: the button, the talk, the waiting, the last question. */
export function checkAction({ payment, home, language, text, complain, redraw }) {
  const { check } = payment
  if (!check || check.decision === 'pay' && check.phase === 'final' && check.ending === 'low_risk') return null
  const act = (deed, body) => async () => {
    try {
      await askFor(home.person, 'POST', `/payments/${encodeURIComponent(payment.paymentId)}/${deed}`, body ?? {})
      complain()
      redraw()
    } catch (error) {
      complain(error.message)
    }
  }
  const trusted = check.trustedAnswer && h('p', { class: 'warning' }, text(`check-trusted-${check.trustedAnswer}`))
  const around = { payment, check, home, language, text, act, complain }
  const draw = phases[check.phase]
  return h('section', { class: 'check', 'data-phase': check.phase, 'aria-live': 'polite' }, trusted, ...(draw ? draw(around) : []))
}

const phases = { button: offered, help: helped, calling, waiting, confirming, settling, final }

function offered({ check, text, act }) {
  return [
    h('p', { class: 'stop-sign' }, text('check-stop')),
    h('p', {}, text('check-why')),
    h('ul', {}, check.reasons.map(({ id, reason }) => h('li', {}, text(`check-${id}`) === `check-${id}` ? reason : text(`check-${id}`)))),
    ...ways({ text, act }),
  ]
}

/** The button with its two ways, and the way out; they stay until the payment is decided. */
function ways({ text, act }) {
  return [
    h('h2', {}, text('check-button')),
    h('button', { type: 'button', class: 'go', onclick: act('help', { channel: 'voice' }) }, text('check-voice')),
    h('button', { type: 'button', class: 'go', onclick: act('help', { channel: 'chat' }) }, text('check-chat')),
    h('button', { type: 'button', class: 'quiet', onclick: act('cancel') }, text('check-cancel')),
  ]
}

function helped(around) {
  const { check, text, act } = around
  return [
    ...(check.helpChannel === 'voice' ? byPhone(around) : byChat(around)),
    h('button', { type: 'button', class: 'quiet', onclick: act('cancel') }, text('check-cancel')),
  ]
}

function byPhone({ check, home, text, complain }) {
  const { number, code } = check.call ?? {}
  const phone = encodeURIComponent(home.person.phone)

  /** The simulated phone dials and keys in the code, as a phone does that knows both. */
  async function call() {
    const send = async (method, path, body) => {
      const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      if (!answer.ok) throw new Error((await answer.json()).detail)
    }
    try {
      await send('PUT', `/sim/phones/${phone}`, { persona: 'manual', presses: [code] })
      await send('POST', `/sim/phones/${phone}/calls`, { to: number })
      open(`/phone/?number=${phone}`, 'phone')
    } catch (error) {
      complain(error.message)
    }
  }

  return [
    h('p', {}, check.agent ? text('check-with').replace('{name}', check.agent.name) : text('check-help-voice')),
    number && h('dl', {}, h('dt', {}, text('check-number')), h('dd', {}, number), h('dt', {}, text('check-code')), h('dd', { class: 'code' }, code)),
    number && h('button', { type: 'button', class: 'go', onclick: call }, text('check-call-now')),
    h('a', { class: 'button quiet', href: `/phone/?number=${phone}`, target: 'phone' }, text('check-open-phone')),
  ]
}

function byChat({ check, language, text, act }) {
  const words = h('input', { id: 'chat-words', 'aria-label': text('check-write'), placeholder: text('check-write'), maxlength: '500', autocomplete: 'off' })
  async function send(event) {
    event.preventDefault()
    const said = words.value.trim()
    if (!said) return
    words.value = ''
    await act('messages', { text: said })()
  }
  return [
    h('p', {}, check.agent ? text('check-with').replace('{name}', check.agent.name) : text('check-help-chat')),
    h(
      'ol',
      { class: 'chat' },
      check.messages.map(({ at, by, text: said }) =>
        h('li', { 'data-by': by }, h('small', {}, `${text(by === 'payer' ? 'check-me' : 'check-them')} · ${moment(at, language)}`), said),
      ),
    ),
    h('form', { class: 'write', onsubmit: send }, words, h('button', { class: 'go' }, text('check-send'))),
  ]
}

function calling({ text, act }) {
  return [h('p', { class: 'stop-sign' }, text('check-calling')), ...ways({ text, act })]
}

function waiting({ check, language, text, act }) {
  return [
    h('p', { class: 'stop-sign' }, text('check-waiting')),
    check.expiresAt && h('p', {}, `${text('check-until')} ${moment(check.expiresAt, language)}`),
    ...ways({ text, act }),
  ]
}

function confirming({ check, text, act }) {
  const read = h('input', { type: 'checkbox', id: 'warning-read' })
  const pay = h('button', { type: 'button', class: 'stop', disabled: true, onclick: act('confirm', { warningAcknowledged: true }) }, text('check-confirm'))
  read.addEventListener('change', () => (pay.disabled = !read.checked))
  const row = field(text('check-read'), read)
  row.classList.add('tick')
  return [
    h('p', { class: 'stop-sign' }, text('check-confirming')),
    check.scamType && h('p', { class: 'warning' }, text('check-scam').replace('{scam}', text(`scam-${check.scamType}`))),
    h('p', {}, text('check-warning')),
    row,
    pay,
    ...ways({ text, act }),
  ]
}

function settling({ text }) {
  return [h('p', {}, text('check-settling'))]
}

function final({ check, text }) {
  return [h('p', {}, text(`check-ending-${check.ending}`))]
}
