import { compoundSurnames } from './commonNames'

/** A name taken apart for masking: the pieces that are shown or hidden as one. */
export type NameParts =
  /** Without spaces between its characters: Chinese, Korean, Japanese. The surname is the first piece. */
  | { script: 'characters'; pieces: string[] }
  /** Words with spaces or points between them. */
  | { script: 'words'; pieces: string[] }

const characters = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u
const separators = /[\s\p{P}\p{S}]+/u

/** A name, or what somebody typed of it, without what people type differently: width, case, accents, points, blanks. */
export function plainWords(text: string): string[] {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    // Accents of Latin, Greek and Cyrillic letters; marks that make another letter elsewhere stay.
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .split(separators)
    .filter(Boolean)
}

/**
 * What is compared. The words of a name may come in any order, because people put the surname first or last;
 * characters may not.
 */
export function canonicalName(words: string[]): string {
  return words.every((word) => characters.test(word)) ? words.join('') : words.toSorted().join(' ')
}

export function namePartsOf(name: string): NameParts {
  const words = plainWords(name)
  const [only = ''] = words
  if (words.length !== 1 || !characters.test(only)) return { script: 'words', pieces: words }
  const all = Array.from(only)
  const surnameLength = all.length >= 3 && compoundSurnames.has(all.slice(0, 2).join('')) ? 2 : 1
  return { script: 'characters', pieces: [all.slice(0, surnameLength).join(''), ...all.slice(surnameLength)].filter(Boolean) }
}
