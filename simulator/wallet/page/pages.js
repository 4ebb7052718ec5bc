import { callPage } from './pages/call.js'
import { checkAction } from './pages/check.js'
import { disputeAction, disputePage } from './pages/dispute.js'
import { helpAction, helpPage } from './pages/help.js'
import { homePage, paymentPage } from './pages/home.js'
import { inboxPage } from './pages/inbox.js'
import { payPage } from './pages/pay.js'
import { securityPage } from './pages/security.js'
import { servicesPage } from './pages/services.js'
import { transferPage } from './pages/transfer.js'

/**
 * The app's pages by the first part of the address (`#/pay`). A page is a function of
 * `{home, language, text, argument, go, complain, redraw}` that returns what is shown. `live` pages are drawn anew when
 * something changed; the others keep what somebody is typing.
 */
export const pages = {
  home: { draw: homePage, live: true },
  pay: { draw: payPage },
  payments: { draw: paymentPage, live: true },
  inbox: { draw: inboxPage, live: true },
  call: { draw: callPage },
  security: { draw: securityPage, live: true },
  services: { draw: servicesPage, live: true },
  dispute: { draw: disputePage },
  help: { draw: helpPage },
  transfer: { draw: transferPage },
}

export const tabs = ['home', 'pay', 'inbox', 'services']

/** What is listed under "Services": `{href, label, hint}`, both keys of the words. */
export const services = [
  { href: '#/transfer', label: 'transferTitle', hint: 'transferHint' },
  { href: '#/call', label: 'call-title', hint: 'call-hint' },
  { href: '#/security', label: 'security-title', hint: 'security-hint' },
]

/** What can be done about one payment: functions of `{payment, home, language, text, complain, redraw}` that return an element, or null or false. */
export const paymentActions = [checkAction, helpAction, disputeAction]
