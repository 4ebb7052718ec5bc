import type { PayeeWords } from './words'

/** What the payee is to be shown now. */
export type PayeeScreen =
  | { show: 'gone' }
  | { show: 'answered'; question: string }
  | { show: 'question'; question: string; maxInstalments: number }
  | { show: 'proposal'; question: string; money: string; instalments: number; words: string }
  | { show: 'later'; question: string }

/** One page without scripts: it works on any telephone, and a look at it answers nothing. */
export function payeePage(screen: PayeeScreen, words: PayeeWords, about: { language: 'en' | 'zh-CN'; token: string }): string {
  const question = 'question' in screen ? `<p class="question">${escaped(screen.question)}</p>` : ''
  return `<!doctype html>
<html lang="${about.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title}</title>
<style>${style}</style>
<main>
<h1>${words.title}</h1>
${question}
${body(screen, words, about.token)}
<p class="small">${words.never}</p>
</main>
</html>
`
}

function body(screen: PayeeScreen, words: PayeeWords, token: string): string {
  switch (screen.show) {
    case 'gone':
      return `<p>${words.gone}</p>`
    case 'answered':
      return `<p role="status"><strong>${words.answered}</strong></p>`
    case 'question':
      return form(token, [
        choice('return', words.all, true),
        screen.maxInstalments > 1
          ? `${choice('parts', words.parts)}<input type="number" name="instalments" min="2" max="${screen.maxInstalments}" value="2" aria-label="${words.parts}">`
          : '',
        choice('refuse', words.refuse),
        reason(words),
        submit(words.send),
      ])
    case 'proposal':
      return `<p>${words.proposed}</p><blockquote>${escaped(screen.words)}</blockquote><p><strong>${escaped(words.amount(screen.money, screen.instalments))}</strong></p>${form(
        token,
        [choice('agree', words.agree, true), choice('disagree', words.disagree), reason(words), submit(words.send)],
      )}`
    case 'later':
      return `<p>${words.later}</p>${form(token, ['<input type="hidden" name="answer" value="return">', submit(words.all)])}`
  }
}

function form(token: string, fields: string[]): string {
  return `<form method="post" action="/payee?${escaped(new URLSearchParams({ t: token }).toString())}">${fields.join('\n')}</form>`
}

function choice(value: string, text: string, chosen = false): string {
  return `<label><input type="radio" name="answer" value="${value}"${chosen ? ' checked' : ''}> ${text}</label>`
}

const reason = (words: PayeeWords) => `<label class="block">${words.reason}<textarea name="reason" rows="3" maxlength="4000"></textarea></label>`
const submit = (text: string) => `<button type="submit">${text}</button>`

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

const style = `
body { margin: 0; background: #f1f5f9; color: #0f172a; font: 17px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.3rem; }
.question { padding: 1rem; border-radius: .75rem; background: #fff; }
form { display: grid; gap: .9rem; }
label { display: block; }
input[type=radio] { width: 1.2rem; height: 1.2rem; vertical-align: -0.2rem; }
input[type=number] { width: 5rem; padding: .5rem; font: inherit; margin-inline-start: 1.7rem; }
textarea { display: block; width: 100%; box-sizing: border-box; padding: .6rem; font: inherit; border: 1px solid #64748b; border-radius: .5rem; }
button { padding: .8rem; border: 0; border-radius: .6rem; background: #1d4ed8; color: #fff; font: inherit; font-weight: 600; }
blockquote { margin: 0; padding-inline-start: 1rem; border-inline-start: 3px solid #94a3b8; }
.small { color: #475569; font-size: .9rem; }
:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }`
