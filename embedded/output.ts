const levels: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' }
const hidden = new Set(['level', 'time', 'msg', 'service', 'pid', 'hostname', 'name', 'v'])

/** Prints lines of one part with its name before each. */
export function prefixed(part: string): (line: string) => void {
  const label = part.padEnd(10)
  return (line) => {
    if (line.trim()) process.stdout.write(`${label} | ${readable(line)}\n`)
  }
}

/**
 * Tells once when nobody reads our output any more (`npm start | head`). What is written after that is
 * dropped; left alone, each such line would be an error that nobody catches.
 */
export function whenNobodyReads(streams: NodeJS.WritableStream[], tell: () => void): void {
  let told = false
  for (const stream of streams) {
    stream.on('error', () => {
      if (!told) tell()
      told = true
    })
  }
}

/** Our parts log JSON, for machines; on a terminal the time, the level, the message and the rest read better. */
export function readable(line: string): string {
  if (!line.startsWith('{')) return line
  let entry: Record<string, unknown>
  try {
    entry = JSON.parse(line) as Record<string, unknown>
  } catch {
    return line
  }
  if (typeof entry.msg !== 'string' || typeof entry.level !== 'number') return line
  const details = Object.entries(entry)
    .filter(([name]) => !hidden.has(name))
    .map(([name, value]) => `${name}=${inShort(name, value)}`)
  // What a bundler says fills a screen; whoever wants all of it runs that part by itself.
  const message = entry.level >= 40 ? entry.msg : entry.msg.split('\n', 1)[0]!
  const time = new Date(entry.time as string | number).toISOString().slice(11, 23)
  return [time, (levels[entry.level] ?? String(entry.level)).padEnd(5), message, ...details].join(' ')
}

function inShort(name: string, value: unknown): string {
  if (name === 'err' && value && typeof value === 'object') {
    const { stack, message } = value as { stack?: string; message?: string }
    return stack ?? message ?? JSON.stringify(value)
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
