import { useEffect, useState } from 'react'
import { openEventStream } from '../api/eventStream'
import { tellSignedOut } from '../api/request'
import type { Wallboard } from '../api/supervision'

export interface LiveWallboard {
  board: Wallboard | null
  connection: 'connecting' | 'live' | 'lost'
}

export function useWallboard(): LiveWallboard {
  const [state, setState] = useState<LiveWallboard>({ board: null, connection: 'connecting' })
  useEffect(() => {
    const stream = openEventStream({
      url: '/v1/supervision/events',
      onEvent: (name, data) => name === 'wallboard' && setState((before) => ({ ...before, board: data as Wallboard })),
      onState(connection, status) {
        if (status === 401) tellSignedOut()
        setState((before) => ({ ...before, connection: connection === 'refused' ? 'lost' : connection }))
      },
    })
    return () => stream.close()
  }, [])
  return state
}
