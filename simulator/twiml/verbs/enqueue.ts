import { createHash } from 'node:crypto'
import { method, url } from '../attributes'
import type { Verb } from '../document'
import { ask, type Next, type Page } from '../page'

/**
 * Waits in a named queue while the wait URL plays, until its document says `<Leave>`, the call is redirected, or
 * the party hangs up.
 */
export async function enqueue(verb: Verb, page: Page): Promise<Next> {
  const name = verb.text || 'default'
  const queue = 'QU' + createHash('md5').update(name).digest('hex')
  const started = Date.now()
  const source = { url: url(verb, 'waitUrl', page.url) ?? undefined, method: method(verb, 'waitUrlMethod') }
  page.leg.keepCompany('alone')
  try {
    await page.deps.wait(page.leg, source, page.signal, { QueueSid: queue, QueuePosition: '1', CurrentQueueSize: '1' })
  } finally {
    page.leg.keepCompany('none')
  }
  if (verb.attributes.action === undefined) return undefined
  return ask(url(verb, 'action', page.url)!, method(verb, 'method'), {
    QueueResult: 'leave',
    QueueSid: queue,
    QueueTime: String(Math.round((Date.now() - started) / 1000)),
  })
}
