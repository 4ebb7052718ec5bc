import type { Inbox } from '../people/inbox'
import type { Heard } from '../risk-engine/ear'
import type { Store } from '../store'
import type { Person } from './people'

/** Something that a person finds in the app's inbox. */
export interface Notice {
  id: string
  at: string
  /** A text message to their phone, or an event that the product sent the payments company for this payer. */
  from: 'message' | 'product'
  type: string
  text: string
  caseId: string | null
}

/**
 * What the app shows of the product's events: those whose data name the payer (`payerId`) and carry a text for
 * them, `notice: {en, zh}`.
 */
export function createNotices({ store, inbox }: { store: Store; inbox: Inbox }): { of(person: Person): Notice[] } {
  const heard = store.table<Heard>('risk-engine.events')
  return {
    of(person) {
      const messages = inbox
        .of(person.phone)
        .map((message): Notice => ({ id: message.sid, at: message.createdAt, from: 'message', type: 'message', text: message.body, caseId: null }))
      // An event may come more than once.
      const events = new Map<string, Notice>()
      for (const { receivedAt, event } of heard.values()) {
        const text = (event.data?.notice as Record<string, unknown> | undefined)?.[person.locale.startsWith('zh') ? 'zh' : 'en']
        if (event.data?.payerId !== person.id || typeof text !== 'string' || events.has(event.id)) continue
        events.set(event.id, { id: event.id, at: receivedAt, from: 'product', type: event.type, text, caseId: event.data.caseId ?? null })
      }
      return [...messages, ...events.values()].sort((a, b) => (a.at < b.at ? 1 : -1))
    },
  }
}
