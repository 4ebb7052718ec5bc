import { ask, askFor } from '../backend.js'
import { field, h } from '../element.js'

/** Chooses whose wallet this is: somebody from the stories, or anybody. */
export async function whosePage({ text, language, become, complain }) {
  const people = await ask('GET', '/people')
  const input = (name, more = {}) => h('input', { name, required: true, autocomplete: 'off', ...more })
  const id = input('id', { pattern: '[A-Za-z0-9][A-Za-z0-9._:@\\-]*' })
  const name = input('name')
  const phone = input('phone', { type: 'tel', placeholder: '+8613800000009' })
  const locale = h('select', { name: 'locale' }, h('option', { value: 'zh-CN' }, '中文'), h('option', { value: 'en', selected: language === 'en' }, 'English'))

  async function enter(event) {
    event.preventDefault()
    try {
      await askFor({ id: id.value.trim() }, 'PUT', '', { name: name.value, phone: phone.value.trim(), locale: locale.value })
      become(id.value.trim())
    } catch (error) {
      complain(error.message)
    }
  }

  return [
    h('h1', {}, text('whose')),
    h(
      'ul',
      { class: 'list' },
      people.map((person) =>
        h(
          'li',
          {},
          h('button', { type: 'button', class: 'row', onclick: () => become(person.id) }, h('span', {}, person.name, h('small', {}, `${person.id} · ${person.phone}`))),
        ),
      ),
    ),
    h('h2', {}, text('somebodyElse')),
    h(
      'form',
      { onsubmit: enter },
      field(text('personId'), id),
      field(text('personName'), name),
      field(text('personPhone'), phone),
      field(text('personLanguage'), locale),
      h('button', { class: 'go' }, text('open')),
    ),
  ]
}
