import { h } from '../element.js'

/** What else the app can do for this person. Other pages register themselves in `pages.js`. */
export function servicesPage({ home, text, services }) {
  const phone = `/phone/?number=${encodeURIComponent(home.person.phone)}`
  return [
    h('h1', {}, text('servicesTitle')),
    h(
      'ul',
      { class: 'list' },
      ...services.map(({ href, label, hint }) => h('li', {}, h('a', { class: 'row', href }, h('span', {}, text(label), hint && h('small', {}, text(hint)))))),
      h('li', {}, h('a', { class: 'row', href: phone, target: '_blank' }, h('span', {}, text('phonePage'), h('small', {}, home.person.phone)))),
    ),
  ]
}
