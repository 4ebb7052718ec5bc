import type { Call } from '../api/desk'

export type CallWord = 'preparing' | 'dialling' | 'ringing' | 'answered' | 'onTheLine' | 'held' | 'ended' | 'retry'

export interface CallState {
  word: CallWord
  /** What the timer counts from, and up to; null = nothing to count, or still running. */
  from: string | null
  to: string | null
  /** There is somebody, or about to be somebody, to hang up on. */
  live: boolean
}

/**
 * The call in one word for the agent, from what the provider has told so far.
 * @param again the case is to be called again while this agent keeps it
 */
export function callState(call: Call | null, held: boolean, again: boolean): CallState {
  if (call === null) return { word: 'preparing', from: null, to: null, live: false }
  switch (call.status) {
    case 'intended':
    case 'queued':
      return { word: 'dialling', from: null, to: null, live: true }
    case 'ringing':
      return { word: 'ringing', from: call.rangAt, to: null, live: true }
    case 'in_progress': {
      const word = held ? 'held' : call.contactAt === null ? 'answered' : 'onTheLine'
      return { word, from: call.answeredAt ?? call.rangAt, to: null, live: true }
    }
    case 'ended': {
      return { word: again ? 'retry' : 'ended', from: call.answeredAt, to: call.answeredAt && call.endedAt, live: false }
    }
  }
}
