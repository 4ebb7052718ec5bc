import type { Money } from '../../../domain/money'

export interface Format {
  money(value: Money): string
  /** Time of day, with seconds. */
  time(at: string | number): string
  /** Time of day, to the minute. */
  hour(at: string | number): string
  dateTime(at: string | number): string
  date(at: string | number): string
  number(value: number): string
  percent(value: number): string
  /** A length of time in words: 7 sec, 2 min 5 sec. */
  duration(millis: number): string
  /** The name of a language tag, in the reader's language. */
  language(tag: string): string
  /** The name of an ISO 3166 country, in the reader's language. */
  country(code: string): string
}

/** @param timeZone an IANA name; the reader's own when it is left out */
export function createFormat(locale: string, timeZone?: string): Format {
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const hour = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const date = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric', month: 'short', day: 'numeric' })
  const dateTime = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  return {
    money({ amount, currency }) {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
      return format.format(amount / 10 ** minorDigits(currency))
    },
    time: (at) => time.format(new Date(at)),
    hour: (at) => hour.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    duration(millis) {
      const total = Math.max(0, Math.round(millis / 1_000))
      const parts = [
        ['day', Math.floor(total / 86_400)],
        ['hour', Math.floor((total % 86_400) / 3_600)],
        ['minute', Math.floor((total % 3_600) / 60)],
        ['second', total % 60],
      ] as const
      const told = parts.filter(([, value]) => value > 0).slice(0, 2)
      return (told.length > 0 ? told : [['second', 0] as const])
        .map(([unit, value]) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value))
        .join(' ')
    },
    number: (value) => new Intl.NumberFormat(locale).format(value),
    percent: (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value) + '%',
    country: (code) => countries.of(code) ?? code,
    language(tag) {
      try {
        return names.of(tag) ?? tag
      } catch {
        // A tag that the browser cannot parse is still better shown than hidden.
        return tag
      }
    },
  }
}

/** How many digits of a currency stand behind the point: of CNY 2, of JPY none. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** An amount as a field takes it, without sign or separators: `5000.00`. */
export function typedMoney({ amount, currency }: Money): string {
  const digits = minorDigits(currency)
  return (amount / 10 ** digits).toFixed(digits)
}

/** What somebody typed into such a field, in minor units; 0 when it is no number. */
export function minorUnits(typed: string, currency: string): number {
  return Math.round((Number(typed) || 0) * 10 ** minorDigits(currency))
}

/** 65_000 → `1:05`; the same in every language. Negative durations count as zero. */
export function clockTime(millis: number): string {
  const total = Math.max(0, Math.floor(millis / 1_000))
  const hours = Math.floor(total / 3_600)
  const minutes = Math.floor((total % 3_600) / 60)
  const seconds = String(total % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
}
