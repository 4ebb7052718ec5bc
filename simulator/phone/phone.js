import { drawMessages, drawTranscript } from './lists.js'
import { audioContext } from './meter.js'
import { createSound, microphoneAllowed } from './sound.js'
import { createBell, playKey } from './tones.js'
import { words } from './words.js'

const pollMillis = 400
const meterMillis = 80
const element = (id) => document.getElementById(id)

let language = localStorage.getItem('language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
let number = new URLSearchParams(location.search).get('number') ?? localStorage.getItem('number') ?? ''
let shown = null
let turn = 0
/** The call for which the microphone was taken up again after a reload, or could not be. */
let resumed = null
/** A persona that was chosen before there was a number. */
let picked = null

const bell = createBell()
const sound = createSound({ onState: drawSound })

const text = (key) => words[language][key] ?? key

async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json().catch(() => undefined)
  if (!response.ok) throw new Error(answer?.detail ?? `HTTP ${response.status}`)
  return answer
}

function complain(message) {
  element('problem').textContent = message ?? ''
  element('problem').hidden = !message
}

/** Does something to the call on the screen and shows what came of it. */
async function act(deed, body) {
  if (!shown) return
  try {
    draw(await ask('POST', `/sim/calls/${shown.callSid}/${deed}`, body))
    complain()
  } catch (error) {
    complain(error.message)
  }
}

function translate() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = text('title')
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = text(node.dataset.text)
  element('language').textContent = language === 'zh' ? 'English' : '中文'
  element('language').lang = language === 'zh' ? 'en' : 'zh'
  element('say').placeholder = text('sayHint')
  element('say').setAttribute('aria-label', text('sayHint'))
  element('keypad').setAttribute('aria-label', text('key'))
  drawSound()
  if (number) draw(shown)
}

function statusOf(call) {
  if (!call) return 'idle'
  if (call.status === 'ringing') return call.direction === 'inbound' ? 'calling' : 'ringing'
  if (call.status !== 'in-progress') return ['queued', 'initiated'].includes(call.status) ? 'idle' : 'over'
  return call.company === 'alone' ? 'held' : 'talking'
}

function draw(call) {
  shown = call
  const status = statusOf(call)
  const ringing = status === 'ringing'
  const talking = status === 'talking' || status === 'held'
  element('phone').hidden = false
  element('phone').dataset.status = status
  element('status').textContent = text(status)
  element('peer').textContent = call && status !== 'idle' ? (call.direction === 'inbound' ? call.to : call.from) : ''
  element('answer').hidden = element('decline').hidden = !ringing
  element('hangup').hidden = !talking && status !== 'calling'
  bell.ring(ringing && byHand())
  element('silent').hidden = !bell.silent()
  keepSound(call, status)
  element('keypad').hidden = element('say-form').hidden = !talking
  element('dial-form').hidden = ringing || talking || status === 'calling'
  drawTranscript(element('transcript'), status === 'idle' ? null : call, { language, text })
}

/** On a phone that a persona answers, nobody talks into this page. */
const byHand = () => element('persona').value === 'manual'

function keepSound(call, status) {
  const inCall = ['talking', 'held', 'calling'].includes(status) && byHand()
  element('sound').hidden = !inCall
  // While it still rings, the microphone may have been asked for by the click that answers.
  if (!inCall) return status === 'ringing' ? undefined : sound.stop()
  if (sound.state() !== 'off' || resumed === call.callSid) return
  // After a reload in the middle of a talk: without a click, but only where the browser need not ask.
  resumed = call.callSid
  void microphoneAllowed().then((allowed) => allowed && shown?.callSid === call.callSid && sound.start(call.callSid))
}

function drawSound() {
  const state = sound.state()
  element('sound-state').textContent = text(`sound-${state}`)
  element('sound-state').dataset.state = state
  element('sound-on').hidden = !['off', 'refused', 'missing', 'elsewhere'].includes(state)
  element('levels').hidden = !['ready', 'connected'].includes(state)
}

/** The click that answers or dials is also the moment to ask for the microphone; the call does not wait for it. */
function takeUp(callSid) {
  resumed = callSid
  void sound.start(callSid)
}

async function watch() {
  const mine = ++turn
  const path = `/sim/phones/${encodeURIComponent(number)}`
  element('messages').replaceChildren()
  while (mine === turn) {
    try {
      const phone = await ask('GET', path)
      if (mine !== turn) return
      element('persona').value = phone.persona
      // A call that has ended stays on the screen until the next one comes.
      if (phone.currentCall) draw(phone.currentCall)
      else if (shown && statusOf(shown) !== 'over') draw(await ask('GET', `/sim/calls/${shown.callSid}`))
      else draw(shown)
      drawMessages(element('messages'), await ask('GET', `${path}/messages`), language)
      if (element('problem').textContent === text('offline')) complain()
    } catch (error) {
      complain(error instanceof TypeError ? text('offline') : error.message)
    }
    await new Promise((resolve) => setTimeout(resolve, pollMillis))
  }
}

/** Whoever takes a phone answers it on this page, unless they chose somebody else to. */
async function take(persona) {
  const wanted = element('number').value.replace(/[\s()-]/g, '')
  if (!/^\+[1-9]\d{6,14}$/.test(wanted)) return complain(text('badNumber'))
  try {
    await ask('PUT', `/sim/phones/${encodeURIComponent(wanted)}`, { persona })
  } catch (error) {
    return complain(error.message)
  }
  complain()
  element('persona').value = persona
  number = wanted
  shown = null
  localStorage.setItem('number', number)
  draw(null)
  void watch()
}

for (const key of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = key
  button.addEventListener('click', () => {
    playKey(key)
    void act('digits', { digits: key })
  })
  element('keypad').append(button)
}

element('number-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void take(picked ?? 'manual')
  picked = null
})
element('persona').addEventListener('change', ({ target }) => {
  if (number) void take(target.value)
  else picked = target.value
})
element('answer').addEventListener('click', () => {
  if (shown) takeUp(shown.callSid)
  void act('answer')
})
element('sound-on').addEventListener('click', () => shown && takeUp(shown.callSid))
element('decline').addEventListener('click', () => act('decline'))
element('hangup').addEventListener('click', () => act('hangup'))
element('say-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void act('say', { text: element('say').value })
  element('say').value = ''
})
element('dial-form').addEventListener('submit', async (event) => {
  event.preventDefault()
  try {
    const { callSid } = await ask('POST', `/sim/phones/${encodeURIComponent(number)}/calls`, { to: element('dial').value })
    if (byHand()) takeUp(callSid)
    draw(await ask('GET', `/sim/calls/${callSid}`))
  } catch (error) {
    complain(error.message)
  }
})
element('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh'
  localStorage.setItem('language', language)
  translate()
})

document.addEventListener('pointerdown', audioContext, { once: true })
setInterval(() => {
  if (element('levels').hidden) return
  const { mine, theirs } = sound.levels()
  element('mine').value = mine
  element('theirs').value = theirs
}, meterMillis)

element('number').value = number
element('dial').replaceChildren(...(await ask('GET', '/sim/numbers')).map((n) => new Option(n, n)))
translate()
if (number) void watch()
