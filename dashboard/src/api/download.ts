import { Problem, problemOf } from './problem'
import { tellSignedOut } from './request'

export interface Progress {
  rows: number
  /** How many there will be; null before the server has said it. */
  total: number | null
}

/** What each row begins or ends with, for counting rows as they pass by. */
const rowMarks = { csv: '\r\n', json: '{"caseId":' } as const

/** Counts how often a mark passes, also where it is cut in two, and passes everything on. */
export function countMarks(mark: string, onCount: (count: number) => void): TransformStream<Uint8Array, Uint8Array> {
  const text = new TextDecoder()
  let rest = ''
  let count = 0
  return new TransformStream({
    transform(piece, stream) {
      const parts = (rest + text.decode(piece, { stream: true })).split(mark)
      count += parts.length - 1
      // As much of the end as may be the beginning of the next mark.
      rest = (parts.at(-1) ?? '').slice(-(mark.length - 1))
      onCount(count)
      stream.enqueue(piece)
    },
  })
}

/**
 * Fetches a file whose rows are streamed, and tells how far it is.
 * @throws Problem for every answer that is not a success; an AbortError when it was given up
 */
export async function download(address: string, format: 'csv' | 'json', onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<{ file: Blob; name: string }> {
  const response = await fetch(address, { credentials: 'same-origin', signal }).catch((cause: unknown) => {
    throw signal.aborted ? cause : new Problem(0, 'unreachable')
  })
  if (!response.ok || response.body === null) {
    const problem = await problemOf(response)
    if (problem.status === 401) tellSignedOut()
    throw problem
  }
  const total = response.headers.has('x-total-count') ? Number(response.headers.get('x-total-count')) : null
  // The first line of a CSV file is its heading.
  const heading = format === 'csv' ? 1 : 0
  const counted = response.body.pipeThrough(countMarks(rowMarks[format], (count) => onProgress({ rows: Math.max(0, count - heading), total })))
  onProgress({ rows: 0, total })
  // The browser keeps a large file on its disk, which an array of pieces would not be.
  const file = await new Response(counted, { headers: { 'content-type': response.headers.get('content-type') ?? '' } }).blob()
  const [, name = `export.${format}`] = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { file, name }
}
