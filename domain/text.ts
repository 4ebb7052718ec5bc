import { z } from 'zod'

// These patterns stand in the OpenAPI document: Unicode properties (\p{…}) would be refused by validators in other languages.
// oxlint-disable-next-line no-control-regex -- control characters are what they are about
const noControls = /^[^\u0000-\u001f\u007f-\u009f]*$/
// oxlint-disable-next-line no-control-regex
const noNul = /^[^\u0000]*$/
/** Half a surrogate pair cannot be stored. */
const isWhole = (text: string) => !/\p{Cs}/u.test(text)

/** Text on one line, trimmed and not empty: any script, no control characters. Shown as text, never as markup. */
export const oneLine = (max: number) => {
  const error = 'expected no control characters'
  return z.string().trim().min(1).max(max).regex(noControls, error).refine(isWhole, error)
}

/** Free text that PostgreSQL can hold: line breaks are fine, NUL and half a surrogate pair are not. */
export const freeText = (max: number) => {
  const error = 'expected text without NUL and without broken characters'
  return z.string().max(max).regex(noNul, error).refine(isWhole, error)
}

/** An id that others have given. */
export const identifier = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/, 'expected 1 to 128 letters, digits or . _ : @ - , starting with a letter or digit')
