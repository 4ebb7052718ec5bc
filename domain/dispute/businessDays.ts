/** When people work: where they are, and the days that differ from Monday to Friday. Dates are `2026-10-01`. */
export interface BusinessCalendar {
  timeZone: string
  holidays: string[]
  /** Saturdays and Sundays that are worked, as China does around its long holidays. */
  workingWeekends: string[]
}

const dayMillis = 86_400_000

/** The calendar date of a moment in a time zone. */
export function dateIn(timeZone: string, at: number): string {
  // The Swedish way of writing a date is the ISO way.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
}

export function isBusinessDay({ holidays, workingWeekends }: BusinessCalendar, date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return workingWeekends.includes(date)
  return !holidays.includes(date)
}

/**
 * The end of the nth business day after the day on which something came in, in epoch milliseconds. The day itself
 * does not count, whatever hour it came in.
 */
export function endOfBusinessDay(calendar: BusinessCalendar, at: number, days: number): number {
  let date = dateIn(calendar.timeZone, at)
  for (let left = days; left > 0;) {
    date = nextDate(date)
    if (isBusinessDay(calendar, date)) left--
  }
  return startOfDate(calendar.timeZone, nextDate(date)) - 1
}

function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayMillis).toISOString().slice(0, 10)
}

/** Midnight in a time zone, across changes of its clock. */
function startOfDate(timeZone: string, date: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  let at = midnight
  // The offset at the guess leads to the moment; a second look covers a change of the clock in between.
  for (let looks = 0; looks < 2; looks++) at = midnight - offsetAt(timeZone, at)
  return at
}

function offsetAt(timeZone: string, at: number): number {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000
}
