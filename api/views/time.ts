import { z } from 'zod'

/** RFC 3339, UTC, milliseconds. */
export const time = z.iso.datetime({ precision: 3 }).meta({ example: '2012-05-25T01:08:00.000Z' })
export const nullableTime = time.nullable()

export function iso(date: Date): string
export function iso(date: Date | null): string | null
export function iso(date: Date | null): string | null {
  return date ? date.toISOString() : null
}
