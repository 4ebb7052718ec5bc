import { characterShare, givenNameShare, surnameShare, wordShare } from './guessing'
import { canonicalName, namePartsOf, type NameParts } from './name'

/** A name of which a payer must know the rest. */
export interface MaskedName {
  /** Such as `王**`, or `*** ***`: of words not even the length is told. */
  masked: string
  /** What is missing, as it is compared. */
  missing: string
  /** The whole name, as it is compared: whoever types all of it has completed it too. */
  whole: string
  /** The chance of whoever takes the best guess, as far as we know names. */
  chance: number
}

/**
 * Hides as much of a name as it takes for one guess to succeed with less than the given chance, and no more. The
 * same name is always masked in the same way, so asking again, or having others ask, reveals nothing more.
 * @param chancePerGuess between 0 and 1
 * @returns undefined when even the whole name is too easily guessed, such as one of a single character
 */
export function maskForCompletion(name: string, chancePerGuess: number): MaskedName | undefined {
  const parts = namePartsOf(name)
  const whole = canonicalName(parts.pieces)
  const maskings = parts.script === 'characters' ? maskingsOfCharacters(parts) : maskingsOfWords(parts)
  const wanted = maskings.length > 1 ? chancePerGuess / caution : chancePerGuess
  const found = maskings.find(({ chance }) => chance < wanted)
  return found && { ...found, whole }
}

/**
 * Which of several maskings was chosen says something about the name too: that it is too common for those before.
 * Measured by `npm run bench:names`.
 */
const caution = 3

const longestWeighed = 6
/** How many given names say one character twice. */
const reduplicated = 0.05

type Masking = Omit<MaskedName, 'whole'>

/**
 * Ways to hide characters, the fewest first; of those that hide as many, the hardest to guess. At least two are
 * hidden, never the surname alone, and characters that repeat are hidden together.
 */
function maskingsOfCharacters({ pieces }: NameParts): Masking[] {
  const [surname = '', ...given] = pieces
  const maskings: (Masking & { hidden: number })[] = []
  const everything = 2 ** pieces.length - 1
  // Of a long name no choice is worth weighing: all but its beginning is missing.
  const choices = pieces.length <= longestWeighed ? Array.from({ length: everything }, (_, index) => index + 1) : []
  for (const choice of choices) {
    const isHidden = (place: number) => (choice & (1 << place)) !== 0
    const torn = given.some((character, place) => given.some((other, elsewhere) => other === character && isHidden(place + 1) !== isHidden(elsewhere + 1)))
    const missing = pieces.filter((_, place) => isHidden(place))
    const hidden = Array.from(missing.join('')).length
    if (torn || hidden < 2 || missing.length === 1) continue
    const chance = (isHidden(0) ? surnameShare(surname) : 1) * chanceOfGiven(given, given.map((_, place) => isHidden(place + 1)))
    const masked = pieces.map((piece, place) => (isHidden(place) ? '*'.repeat(Array.from(piece).length) : piece)).join('')
    maskings.push({ masked, missing: missing.join(''), chance, hidden })
  }
  if (pieces.length > longestWeighed)
    maskings.push({ masked: surname + '*'.repeat(given.length), missing: given.join(''), chance: givenNameShare(given), hidden: given.length })
  return maskings.toSorted((a, b) => a.hidden - b.hidden || a.chance - b.chance)
}

/** Of all given names with the shown characters, the share of this one. */
function chanceOfGiven(given: string[], hidden: boolean[]): number {
  if (!hidden.includes(true)) return 1
  const isReduplicated = new Set(given).size < given.length
  if (isReduplicated && given.length > 1) return Math.max(reduplicated * characterShare(given[0]!), givenNameShare(given))
  return givenNameShare(given) / givenNameShare(given.map((character, place) => (hidden[place] ? undefined : character)))
}

/**
 * Nothing of them is shown. Were the first letter shown of all but the most common names, then to see none would tell
 * that it is one of those: a fifth of the Chinese names in Latin letters could then not be asked for.
 */
function maskingsOfWords({ pieces }: NameParts): Masking[] {
  return [{ masked: pieces.map(() => '***').join(' '), missing: canonicalName(pieces), chance: pieces.reduce((chance, word) => chance * wordShare(word), 1) }]
}
