import { askFor } from '../backend.js'
import { h } from '../element.js'

/** In the order in which they are advised on the telephone. */
const protections = ['digitalCertificate', 'realNameVerified', 'phoneBound']

/** Where a payer does what an agent has advised, by the path that the text message names. */
export function securityPage({ home, text, complain, redraw }) {
  const { person } = home
  const raise = (name) => async () => {
    try {
      await askFor(person, 'PUT', '', { ...person, security: { ...person.security, [name]: true } })
      complain()
      redraw()
    } catch (error) {
      complain(error.message)
    }
  }
  return [
    h('h1', {}, text('security-title')),
    h(
      'ul',
      { class: 'list' },
      ...protections.map((name) =>
        h(
          'li',
          { class: 'row' },
          h('span', {}, text(`security-${name}`)),
          person.security[name]
            ? h('small', { 'data-state': 'released' }, text('security-there'))
            : h('button', { type: 'button', 'aria-label': `${text(`security-${name}`)}: ${text(`security-do-${name}`)}`, onclick: raise(name) }, text(`security-do-${name}`)),
        ),
      ),
    ),
  ]
}
