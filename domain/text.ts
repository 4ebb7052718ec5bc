import { z } from 'zod'

/** Text on one line, trimmed and not empty: any script, no control characters. Shown as text, never as markup. */
export const oneLine = (max: number) => z.string().trim().min(1).max(max).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected no control characters')

/** Free text that PostgreSQL can hold: line breaks are fine, NUL and half a surrogate pair are not. */
export const freeText = (max: number) => z.string().max(max).regex(/^[^\0\p{Cs}]*$/u, 'expected text without NUL and without broken characters')

/** An id that others have given. */
export const identifier = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/, 'expected 1 to 128 letters, digits or . _ : @ - , starting with a letter or digit')
