import { words } from './words.js'

let language = localStorage.getItem('language')?.slice(0, 2) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')

export const element = (id) => document.getElementById(id)

/** What an element says and in which tone; said anew when the language changes. */
export function say(node, key, tone = '') {
  node.dataset.says = key
  node.dataset.tone = tone
  node.textContent = key ? words[language][key] : ''
}

function drawWords() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = words[language][document.querySelector('h1').dataset.says]
  element('language').textContent = words[language].other
  for (const node of document.querySelectorAll('[data-says]')) node.textContent = words[language][node.dataset.says] ?? ''
}

/** @returns the status, and what was answered; 0 when nothing was */
export async function send(path, body) {
  try {
    const response = await fetch(`/v1/visitors/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    return { status: response.status, answer: await response.json().catch(() => undefined) }
  } catch {
    return { status: 0 }
  }
}

element('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh'
  localStorage.setItem('language', language)
  drawWords()
})
drawWords()
