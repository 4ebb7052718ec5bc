/** `2012-05-25T01:08:00.123Z` → `2012-05-25 01:08:00.123`: UTC, to be read beside a local time. */
export function utcTime(at: string | null): string {
  return at === null ? '–' : at.replace('T', ' ').replace('Z', '')
}

/** The same moment on the clocks of a time zone, `2012-05-25 09:08:00`. */
export function localTime(at: string | null, timeZone: string): string {
  if (at === null) return '–'
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at))
}

export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
