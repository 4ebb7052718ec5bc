import { chineseSurnames, compoundSurnames, givenCharacters, singleGivenNames, wholeGivenNames } from '../../domain/transfers/commonNames'
import { givenNameShare, surnameShare } from '../../domain/transfers/guessing'
import { maskForCompletion } from '../../domain/transfers/mask'
import { latinNames } from './latinNames'
import type { Kind } from './population'

/** Guesses, the likeliest first, from a masked name. */
export type Guesser = (masked: string, tries: number) => string[]

interface Candidate {
  name: string
  share: number
}

/**
 * The best that anybody could do: it knows the lists by which names are drawn and the rule by which they are masked,
 * and takes the likeliest names that would be masked in just this way.
 * @param breadth how much of the lists it knows: 1 is as much as changes anything
 */
export function createGuesser(kind: Kind, chancePerGuess: number, breadth = 1): Guesser {
  const candidates = all(kind, breadth)
  // The candidates of each mask, found once: exactly those whose own mask it is.
  const byMask = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const masked = maskForCompletion(candidate.name, chancePerGuess)?.masked
    if (masked === undefined) continue
    const known = byMask.get(masked)
    if (known) known.push(candidate)
    else byMask.set(masked, [candidate])
  }
  for (const known of byMask.values()) known.sort((a, b) => b.share - a.share)
  return (masked, tries) => (byMask.get(masked) ?? []).slice(0, tries).map(({ name }) => name)
}

const top = (shares: ReadonlyMap<string, number>, count: number) => [...shares].toSorted((a, b) => b[1] - a[1]).slice(0, count).map(([name]) => name)

/** Only common names are worth a guess. */
function all(kind: Kind, breadth: number): Candidate[] {
  if (kind === 'english' || kind === 'pinyin') {
    const { surnames, given } = latinNames[kind]
    return [...given].flatMap(([first, share]) => [...surnames].map(([last, other]) => ({ name: `${first} ${last}`, share: share * other })))
  }
  const surnames = kind === 'chineseCompound' ? [...compoundSurnames] : top(chineseSurnames, 120 * breadth)
  const characters = top(givenCharacters, 45 * breadth)
  const given = kind === 'chinese2' ? top(singleGivenNames, 90) : [...new Set([...wholeGivenNames.keys(), ...characters.flatMap((one) => characters.map((other) => one + other))])]
  return surnames.flatMap((surname) =>
    given.map((name) => ({ name: surname + name, share: (kind === 'chineseCompound' ? 1 : surnameShare(surname)) * givenNameShare(Array.from(name)) })),
  )
}
