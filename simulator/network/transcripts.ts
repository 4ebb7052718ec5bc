import type { Store } from '../store'
import type { Line } from './leg'

interface Row extends Line {
  callSid: string
}

export interface Transcripts {
  add(callSid: string, line: Line): void
  of(callSid: string): Line[]
}

/** What was said on each call. One row a line, so that a long talk does not rewrite itself in the journal. */
export function createTranscripts({ store }: { store: Store }): Transcripts {
  const rows = store.table<Row>('lines')
  const byCall = new Map<string, Line[]>()
  const keep = ({ callSid, ...line }: Row) => {
    const lines = byCall.get(callSid)
    if (lines) lines.push(line)
    else byCall.set(callSid, [line])
  }
  for (const row of rows.values()) keep(row)

  return {
    add(callSid, line) {
      const row = { callSid, ...line }
      rows.put(`${callSid}/${byCall.get(callSid)?.length ?? 0}`, row)
      keep(row)
    },
    of: (callSid) => [...(byCall.get(callSid) ?? [])],
  }
}
