import { askFor } from '../backend.js'
import { field, h } from '../element.js'
import { fenOf, moment, money } from '../format.js'

/** A transfer to somebody who has a wallet: checked first, the name completed or shown, then sent. */
export async function transferPage({ home, language, text, go, complain }) {
  const contacts = await askFor(home.person, 'GET', '/contacts')
  const place = h('div', { 'aria-live': 'polite' })

  async function trying(button, work) {
    button.disabled = true
    try {
      complain()
      await work()
    } catch (error) {
      complain(error.message)
    } finally {
      button.disabled = false
    }
  }

  function askWhom() {
    const payee = h(
      'select',
      { name: 'payeeId', required: true },
      h('option', { value: '' }, text('transferChoose')),
      contacts.map(({ id, nickname }) => h('option', { value: id }, `${nickname} · ${id}`)),
    )
    const amount = h('input', { name: 'amount', required: true, inputmode: 'decimal', autocomplete: 'off' })
    const button = h('button', { class: 'go' }, text('transferNext'))
    const next = (event) => {
      event.preventDefault()
      const fen = fenOf(amount.value)
      if (fen === undefined) return complain(text('badAmount'))
      const wanted = { payeeId: payee.value, amount: fen, locale: language === 'zh' ? 'zh-CN' : 'en' }
      void trying(button, async () => show(await askFor(home.person, 'POST', '/transfers', wanted), { fen, nickname: payee.selectedOptions[0].text }))
    }
    place.replaceChildren(h('form', { onsubmit: next }, field(text('transferWhom'), payee), field(text('amount'), amount), button))
  }

  /** What the product said, and what is left to do. */
  function show(checked, wanted) {
    const { decision, refusal, guidance, warnings, payee } = checked
    place.replaceChildren(
      h('p', { class: 'large' }, money(wanted.fen, language)),
      h('p', {}, `${text('transferIsTo')} ${wanted.nickname}`),
      ...warnings.map((warning) => h('p', { class: 'warning', role: 'alert' }, warning.text)),
      h(
        'section',
        { class: 'check', 'data-phase': decision === 'allowed' ? 'final' : decision },
        ...(decision === 'refused' ? refused(refusal, guidance) : decision === 'name_required' ? completing(checked, wanted) : sending(checked, payee.name)),
      ),
      h('button', { type: 'button', class: 'button quiet', onclick: askWhom }, text('transferOther')),
    )
  }

  function refused(refusal, guidance) {
    return [
      h('p', { class: 'stop-sign' }, text('transferRefused')),
      h('p', {}, refusal.text),
      ...guidance.map((advice) => h('p', {}, h('strong', {}, advice.title), h('small', {}, advice.text))),
    ]
  }

  function completing(checked, wanted) {
    const masked = [h('p', { class: 'stop-sign' }, text('transferName')), h('p', { class: 'code' }, checked.payee.masked)]
    if (checked.lockedUntil) return [...masked, h('p', { role: 'alert' }, locked(checked.lockedUntil))]
    const typed = h('input', { name: 'realName', required: true, maxlength: '100', autocomplete: 'off' })
    const told = h('p', { role: 'status', class: 'wrong' })
    const button = h('button', { class: 'go' }, text('transferComplete'))
    const complete = (event) => {
      event.preventDefault()
      void trying(button, async () => {
        const path = `/transfers/${encodeURIComponent(checked.transferId)}/name`
        const answer = await askFor(home.person, 'POST', path, { answer: typed.value })
        if (answer.mayGo) return show({ ...checked, decision: 'allowed', warnings: [] }, wanted)
        if (answer.lockedUntil) return show({ ...checked, lockedUntil: answer.lockedUntil }, wanted)
        told.textContent = answer.result === 'wrong' ? `${text('transferWrong')} ${answer.triesLeft}` : text('transferExpired')
        typed.value = ''
        typed.focus()
      })
    }
    return [...masked, told, h('form', { onsubmit: complete }, field(text('transferTyped'), typed, text('transferTypedHint')), button)]
  }

  const locked = (until) => `${text('transferLocked')} ${moment(until, language)}`

  function sending(checked, name) {
    const button = h('button', { type: 'button', class: 'go' }, text('transferSend'))
    button.addEventListener('click', () =>
      trying(button, async () => {
        const { paymentId } = await askFor(home.person, 'POST', `/transfers/${encodeURIComponent(checked.transferId)}/sending`, {})
        go(`#/payments/${encodeURIComponent(paymentId)}`)
      }),
    )
    const said = name === null ? [h('p', {}, text('transferMayGo'))] : [h('p', { class: 'stop-sign' }, text('transferIsName')), h('p', { class: 'code' }, name)]
    return [...said, button]
  }

  askWhom()
  return [h('h1', {}, text('transferTitle')), place]
}
