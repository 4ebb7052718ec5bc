import { chineseSurnames, givenCharacters, latinWords, singleGivenNames, unlisted, wholeGivenNames } from './commonNames'

const han = /^\p{Script=Han}+$/u

export function surnameShare(surname: string): number {
  return chineseSurnames.get(surname) ?? (han.test(surname) ? unlisted.surname : unlisted.otherSurname)
}

/** The share of a character at any place of a given name of several characters. */
export function characterShare(character: string): number {
  return givenCharacters.get(character) ?? (han.test(character) ? unlisted.character : unlisted.otherCharacter)
}

/** The shares of the common given names that fit a pattern, with `?` for any character. */
const wholeByPattern = sums([...wholeGivenNames].flatMap(([name, share]) => [name, `${name[0]}?`, `?${name[1]}`, '??'].map((pattern) => [pattern, share])))

function sums(entries: [string, number][]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const [key, share] of entries) totals.set(key, (totals.get(key) ?? 0) + share)
  return totals
}

/**
 * The share of given names that have these characters at these places; undefined is any character. Common names as a
 * whole and characters one by one, each with its part.
 */
export function givenNameShare(pattern: readonly (string | undefined)[]): number {
  if (pattern.length === 1) {
    const [only] = pattern
    if (only === undefined) return 1
    return singleGivenNames.get(only) ?? characterShare(only)
  }
  const free = pattern.reduce((share, character) => share * (character === undefined ? 1 : characterShare(character)), 1)
  if (pattern.length !== 2) return free
  const whole = wholeByPattern.get(pattern.map((character) => character ?? '?').join('')) ?? 0
  return whole + (1 - wholeByPattern.get('??')!) * free
}

export function wordShare(word: string): number {
  return latinWords.get(word) ?? unlisted.word
}
