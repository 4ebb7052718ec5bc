import { getCountry } from 'countries-and-timezones'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** Local times of day, `HH:MM`; calls are welcome from `from` until `until`. */
export interface CallingHours {
  from: string
  until: string
}

/**
 * Whether it is a civil time of day wherever the number may be: in every time zone of its country,
 * because a number does not say which one. A country that is not known counts as the night.
 */
export function withinCallingHours(phone: string, at: Date, hours: CallingHours): boolean {
  const zones = timeZonesOf(phone)
  return zones.length > 0 && zones.every((zone) => isBetween(timeOfDay(at, zone), hours))
}

const stepMillis = 5 * 60_000

/** The next moment at which calling is welcome, to five minutes; undefined when there is none within two days. */
export function nextCallingTime(phone: string, at: Date, hours: CallingHours): Date | undefined {
  for (let ahead = 0; ahead <= 2 * 86_400_000; ahead += stepMillis) {
    const moment = new Date(at.getTime() + ahead)
    if (withinCallingHours(phone, moment, hours)) return moment
  }
  return undefined
}

function timeZonesOf(phone: string): string[] {
  const country = parsePhoneNumberFromString(phone)?.country
  return country ? (getCountry(country)?.timezones ?? []) : []
}

function timeOfDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

function isBetween(time: string, { from, until }: CallingHours): boolean {
  return from <= until ? from <= time && time < until : time >= from || time < until
}
