import { element, say, send } from './page.js'

const form = element('check')
const phone = () => form.elements.phone.value.replace(/[\s()-]/g, '')
/** Whatever goes wrong, nobody is told that a call is ours. */
const trouble = { 422: 'badPhone', 429: 'tooMany' }

async function busy(button, work) {
  button.disabled = true
  await work()
  button.disabled = false
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void busy(form.querySelector('button'), async () => {
    say(element('answer'), '')
    const { status, answer } = await send('calls/check', { phone: phone(), words: form.elements.words.value })
    if (status === 200) say(element('answer'), answer.answer, answer.answer === 'confirmed' ? 'good' : 'stop')
    else say(element('answer'), trouble[status] ?? 'cannot_say', 'stop')
  })
})

element('back').addEventListener('click', () => {
  if (!form.elements.phone.reportValidity()) return
  void busy(element('back'), async () => {
    say(element('rung'), '')
    const { status } = await send('calls/ring-back', { phone: phone() })
    say(element('rung'), status === 202 ? 'rung' : (trouble[status] ?? 'cannot_say'), status === 202 ? 'good' : 'stop')
  })
})
