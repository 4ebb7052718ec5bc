import { openEventStream, type EventStream } from '../api/eventStream'
import { tellSignedOut } from '../api/request'
import type { Wallboard } from '../api/supervision'

export interface LiveWallboard {
  board: Wallboard | null
  connection: 'connecting' | 'live' | 'lost'
}

const nothing: LiveWallboard = { board: null, connection: 'connecting' }

/** The wallboard as the server last told it: one stream for all who look, open as long as somebody does. */
export function createWallboardStore() {
  const listeners = new Set<() => void>()
  let now = nothing
  let stream: EventStream | undefined

  function change(part: Partial<LiveWallboard>): void {
    now = { ...now, ...part }
    for (const listener of listeners) listener()
  }

  return {
    snapshot: () => now,
    subscribe(listener: () => void) {
      listeners.add(listener)
      stream ??= openEventStream({
        url: '/v1/supervision/events',
        onEvent: (name, data) => name === 'wallboard' && change({ board: data as Wallboard }),
        onState(connection, status) {
          if (status === 401) tellSignedOut()
          change({ connection: connection === 'refused' ? 'lost' : connection })
        },
      })
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stream?.close()
        stream = undefined
        now = nothing
      }
    },
  }
}

export const wallboardStore = createWallboardStore()
