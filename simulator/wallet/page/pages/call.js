import { askFor } from '../backend.js'
import { h } from '../element.js'

/** Asks whether it is us who is calling, and says the words by which to know it. */
export function callPage({ home, text, complain }) {
  const said = h('div', { 'aria-live': 'polite' })

  async function ask() {
    try {
      show(await askFor(home.person, 'GET', '/call'))
      complain()
    } catch (error) {
      complain(error.message)
    }
  }

  async function ringBack() {
    try {
      await askFor(home.person, 'POST', '/call', {})
      complain()
      said.replaceChildren(h('p', { class: 'stop-sign' }, text('call-coming')))
    } catch (error) {
      complain(error.message)
    }
  }

  function show({ answer, agentName, passPhrase }) {
    said.replaceChildren(
      h('p', { class: 'stop-sign', 'data-state': answer === 'not_us' || answer === 'ended' ? 'refused' : 'paid' }, text(`call-${answer}`)),
      ...(passPhrase ? [h('p', {}, text('call-words')), h('p', { class: 'code' }, passPhrase)] : []),
      ...(agentName ? [h('p', {}, `${text('call-who')}: ${agentName}`)] : []),
      ...(['calling_now', 'will_call', 'called_at'].includes(answer)
        ? [h('button', { type: 'button', class: 'quiet', onclick: ringBack }, text('call-back'))]
        : []),
    )
  }

  return [h('h1', {}, text('call-title')), h('button', { type: 'button', class: 'go', onclick: ask }, text('call-ask')), said]
}
