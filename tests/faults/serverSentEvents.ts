/** One event of a stream; the data is JSON in all of ours. */
export interface StreamEvent {
  event: string
  data: unknown
}

/**
 * Reads a stream of server-sent events until it ends, breaks or is no longer wanted.
 * @returns the status that it was refused with, or undefined when it had been open
 */
export async function readEvents(
  url: string,
  headers: Record<string, string>,
  unwanted: AbortSignal,
  heard: (event: StreamEvent) => void,
): Promise<number | undefined> {
  try {
    const response = await fetch(url, { headers, signal: unwanted })
    if (!response.ok || !response.body) {
      await response.body?.cancel()
      return response.status
    }
    let rest = ''
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop()!
      for (const block of blocks) {
        const field = (name: string) =>
          block
            .split('\n')
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2)
        const data = field('data')
        if (data) heard({ event: field('event') ?? 'message', data: JSON.parse(data) as unknown })
      }
    }
  } catch {
    // Refused, cut off or unwanted: whoever wants more opens it again.
  }
  return undefined
}
