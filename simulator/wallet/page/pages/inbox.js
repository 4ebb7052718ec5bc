import { h } from '../element.js'
import { moment, money } from '../format.js'

/** Text messages and what the security centre told the app for this person. */
export function inboxPage({ home, language, text }) {
  return [
    h('h1', {}, text('inboxTitle')),
    home.notices.length === 0
      ? h('p', { class: 'empty' }, text('noNotices'))
      : h(
          'ul',
          { class: 'list notices' },
          home.notices.map((notice) => h('li', {}, h('small', {}, `${text(notice.from)} · ${moment(notice.at, language)}`), notice.asked ? asking(notice.asked) : h('p', {}, notice.text))),
        ),
  ]

  /** The money asked back, and where this person says yes or no without an account of the security centre. */
  function asking({ step, amount, link }) {
    return [
      h('p', {}, `${text(`help-${step}`)} `, h('strong', {}, money(amount, language))),
      h('a', { class: 'button', href: link, target: '_blank', rel: 'noreferrer' }, text('help-answer')),
    ]
  }
}
