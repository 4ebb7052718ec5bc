import { chineseSurnames, compoundSurnames, givenCharacters, singleGivenNames, wholeGivenNames } from '../../domain/transfers/commonNames'
import { latinNames } from './latinNames'

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const kinds = ['chinese2', 'chinese3', 'chineseCompound', 'english', 'pinyin'] as const
export type Kind = (typeof kinds)[number]

/** Draws names as a population bears them: the common ones as often as the lists say, the rest from many rare ones. */
export function createPopulation(random: () => number): Record<Kind, () => string> {
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
  const rareHan = Array.from({ length: 800 }, (_, index) => String.fromCodePoint(0x5000 + index * 9))
  const drawer = (shares: ReadonlyMap<string, number>, otherwise: () => string) => {
    const total = Math.max(1, [...shares.values()].reduce((sum, share) => sum + share, 0))
    return () => {
      let left = random() * total
      for (const [name, share] of shares) if ((left -= share) < 0) return name
      return otherwise()
    }
  }
  const surname = drawer(chineseSurnames, () => pick(rareHan))
  const single = drawer(singleGivenNames, () => pick(rareHan))
  const character = drawer(givenCharacters, () => pick(rareHan))
  const two = drawer(wholeGivenNames, () => (random() < 0.03 ? character().repeat(2) : character() + character()))
  const compounds = [...compoundSurnames]
  const letters = Array.from('abcdefghijklmnoprstuvwyz')
  const rareWord = () => Array.from({ length: 4 + Math.floor(random() * 5) }, () => pick(letters)).join('')
  const latin = ({ surnames, given }: (typeof latinNames)[keyof typeof latinNames]) => {
    const [first, last] = [drawer(given, rareWord), drawer(surnames, rareWord)]
    return () => `${first()} ${last()}`
  }
  return {
    chinese2: () => surname() + single(),
    chinese3: () => surname() + two(),
    chineseCompound: () => pick(compounds) + two(),
    english: latin(latinNames.english),
    pinyin: latin(latinNames.pinyin),
  }
}
