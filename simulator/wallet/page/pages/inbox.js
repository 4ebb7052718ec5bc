import { h } from '../element.js'
import { moment } from '../format.js'

/** Text messages and what the security centre told the app for this person. */
export function inboxPage({ home, language, text }) {
  return [
    h('h1', {}, text('inboxTitle')),
    home.notices.length === 0
      ? h('p', { class: 'empty' }, text('noNotices'))
      : h(
          'ul',
          { class: 'list notices' },
          home.notices.map((notice) => h('li', {}, h('small', {}, `${text(notice.from)} · ${moment(notice.at, language)}`), h('p', {}, notice.text))),
        ),
  ]
}
