import type { Account } from '../account'
import type { Clock } from '../clock'
import { newSid } from '../sid'
import type { Store } from '../store'
import type { CallbackTarget, Callbacks } from '../webhooks/callbacks'

export interface Message {
  sid: string
  from: string
  to: string
  body: string
  status: 'queued' | 'sent' | 'delivered'
  createdAt: string
  updatedAt: string
  sentAt: string | null
  callback: CallbackTarget | null
}

export interface Inbox {
  send(message: Pick<Message, 'from' | 'to' | 'body' | 'callback'>): Message
  get(sid: string): Message | undefined
  /** Oldest first. */
  of(address: string): Message[]
}

/** Text messages: each is delivered at once into the inbox of the phone that it was sent to. */
export function createInbox({ store, clock, account, callbacks }: { store: Store; clock: Clock; account: Account; callbacks: Callbacks }): Inbox {
  const messages = store.table<Message>('messages')
  const now = () => clock.now().toISOString()

  function move(message: Message, status: Message['status']): Message {
    return store.together(() => {
      const moved = messages.put(message.sid, { ...message, status, updatedAt: now(), sentAt: message.sentAt ?? now() })
      if (moved.callback)
        callbacks.post(moved.callback, {
          AccountSid: account.sid,
          ApiVersion: '2010-04-01',
          From: moved.from,
          To: moved.to,
          MessageSid: moved.sid,
          SmsSid: moved.sid,
          MessageStatus: status,
          SmsStatus: status,
        })
      return moved
    })
  }

  return {
    send(wanted) {
      const at = now()
      const sid = newSid('SM')
      const queued = messages.put(sid, { ...wanted, sid, status: 'queued', createdAt: at, updatedAt: at, sentAt: null })
      move(move(queued, 'sent'), 'delivered')
      return queued
    },
    get: (sid) => messages.get(sid),
    of: (address) => [...messages.values()].filter((m) => m.to === address),
  }
}
