import { ask } from './backend.js'
import { h } from './element.js'
import { pages, paymentActions, services, tabs } from './pages.js'
import { whosePage } from './pages/whose.js'
import { words } from './words.js'

const pollMillis = 1_000
const element = (id) => document.getElementById(id)

let language = localStorage.getItem('language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
let whose = new URLSearchParams(location.search).get('person') ?? sessionStorage.getItem('person') ?? ''
let home = null
/** What the page on the screen, and the frame around it, were drawn from: drawing anew would take the focus away. */
let drawn = ''
let framed = ''

const text = (key) => words[language][key] ?? key

function complain(message) {
  element('problem').textContent = message ?? ''
  element('problem').hidden = !message
}

function become(id) {
  whose = id
  home = null
  sessionStorage.setItem('person', id)
  location.hash = '#/home'
  void refresh()
}

const go = (hash) => (location.hash === hash ? void refresh() : (location.hash = hash))

function place() {
  const [, name = 'home', argument = ''] = location.hash.split('/')
  return { name: name in pages ? name : 'home', argument: decodeURIComponent(argument) }
}

function drawFrame() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = text('title')
  const unseen = home ? home.notices.length - Number(sessionStorage.getItem(`seen-${whose}`) ?? 0) : 0
  const from = JSON.stringify([language, home?.person, place().name, unseen])
  if (from === framed) return
  framed = from
  const other = language === 'zh' ? { lang: 'en', name: 'English' } : { lang: 'zh', name: '中文' }
  element('top').replaceChildren(
    h('strong', {}, home ? home.person.name : text('title')),
    ...(home ? [h('button', { type: 'button', class: 'quiet', onclick: () => become('') }, text('change'))] : []),
    h('button', { type: 'button', class: 'quiet', lang: other.lang, onclick: switchLanguage }, other.name),
  )
  element('tabs').replaceChildren(
    ...(home ? tabs : []).map((name) =>
      h(
        'a',
        { href: `#/${name}`, 'aria-current': place().name === name ? 'page' : null },
        text(`tab-${name}`),
        name === 'inbox' && unseen > 0 && h('b', { class: 'badge' }, String(unseen)),
      ),
    ),
  )
}

function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh'
  localStorage.setItem('language', language)
  drawn = ''
  void show()
}

/** Draws the page when it is another one, or shows something that has changed. */
async function show() {
  const { name, argument } = place()
  const page = home ? pages[name] : { draw: whosePage }
  const from = JSON.stringify([whose, home ? name : 'whose', argument, language, page.live ? home : null])
  if (home && name === 'inbox') sessionStorage.setItem(`seen-${whose}`, String(home.notices.length))
  drawFrame()
  if (from === drawn) return
  drawn = from
  const content = await page.draw({ home, language, text, argument, go, become, complain, redraw: refresh, services, actions: paymentActions })
  // Drawn by hand over an await: another page may have come meanwhile.
  if (from === drawn) replaceKeepingFocus(content.filter(Boolean))
}

/** What somebody is typing stays, when the same field (by its id) is on the new page too. */
function replaceKeepingFocus(content) {
  const { id, value, checked, selectionStart } = document.activeElement ?? {}
  const typed = [...element('page').querySelectorAll('input[id]')].map((input) => ({ id: input.id, value: input.value, checked: input.checked }))
  element('page').replaceChildren(...content)
  for (const before of typed) {
    const now = element(before.id)
    if (!now) continue
    now.value = before.value
    if (now.checked !== before.checked) now.click()
  }
  const focused = id && element(id)
  if (!focused) return
  focused.focus()
  if (typeof value === 'string' && checked === false && selectionStart !== null) focused.setSelectionRange(selectionStart, selectionStart)
}

async function refresh() {
  try {
    if (whose) home = await ask('GET', `/people/${encodeURIComponent(whose)}`)
    if (element('problem').textContent === text('offline')) complain()
    await show()
  } catch (error) {
    complain(error instanceof TypeError ? text('offline') : error.message)
  }
}

addEventListener('hashchange', () => {
  complain()
  void refresh()
  element('page').focus()
})

for (;;) {
  await refresh()
  await new Promise((resolve) => setTimeout(resolve, pollMillis))
}
