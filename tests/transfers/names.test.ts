import fc from 'fast-check'
import { guess } from '../../bench/names/main'
import { kinds } from '../../bench/names/population'
import { chineseSurnames, compoundSurnames, givenCharacters, latinWords, singleGivenNames } from '../../domain/transfers/commonNames'
import { maskForCompletion } from '../../domain/transfers/mask'
import { canonicalName, namePartsOf, plainWords } from '../../domain/transfers/name'

const perGuess = 0.01 / 3
const mask = (name: string) => maskForCompletion(name, perGuess)
const compared = (text: string) => canonicalName(plainWords(text))

test.each([
  ['赵子龙', '赵**', '子龙'],
  ['王小明', '***', '王小明'],
  ['王伟', '**', '王伟'],
  ['司马相如', '司马**', '相如'],
  ['欧阳娜娜', '****', '欧阳娜娜'],
  ['Anna Müller', '*** ***', 'anna muller'],
  ['José García', '*** ***', 'garcia jose'],
  ['阿迪力·买买提', '*** ***', '阿迪力买买提'],
  ['김민준', '김**', '민준'],
  ['Wang Wei', '*** ***', 'wang wei'],
])('%s is masked as %s', (name, masked, missing) => {
  expect(mask(name)).toMatchObject({ masked, missing })
})

test.each(['王', 'X', 'Kim', 'Nguyen'])('%s is too easily guessed to be asked for', (name) => {
  expect(mask(name)).toBeUndefined()
})

test.each(kinds)('who knows the lists and the rule guesses few names: %s', (kind) => {
  const { asked, rate } = guess(kind, 1_500, 7, 0.5)
  expect(asked).toBeGreaterThan(1_000)
  // Two thirds more than policy allows is what chance may add to so few runs; `npm run bench:names` makes ten thousand.
  expect(rate).toBeLessThan(0.0167)
})

test('what people type differently is the same', () => {
  for (const [typed, name] of [
    ['ＪＯＳＥ  garcia', 'José García'],
    ['garcía josé', 'José García'],
    ['王 小明', '王小明'],
    ['O’Neill, Sean', "Seán O'Neill"],
    ['阿迪力 買買提', '阿迪力·買買提'],
  ] as const)
    expect(compared(typed)).toBe(compared(name))
  expect(compared('小王明')).not.toBe(compared('王小明'))
  expect(compared('が')).not.toBe(compared('か'))
})

const fromList = (names: Iterable<string>) => fc.constantFrom(...names)
const rare = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code))
const surname = fc.oneof({ weight: 8, arbitrary: fromList(chineseSurnames.keys()) }, { weight: 2, arbitrary: fromList(compoundSurnames) }, { weight: 1, arbitrary: rare })
const character = fc.oneof({ weight: 4, arbitrary: fromList(givenCharacters.keys()) }, { weight: 1, arbitrary: rare })
const chinese = fc
  .tuple(surname, fc.oneof(fromList(singleGivenNames.keys()), fc.array(character, { minLength: 1, maxLength: 3 }).map((all) => all.join(''))))
  .map((parts) => parts.join(''))
const word = fc.oneof(fromList(latinWords.keys()), fc.stringMatching(/^[A-Z][a-zé]{2,10}$/))
const latin = fc.array(word, { minLength: 2, maxLength: 4 }).map((words) => words.join(' '))
const anyName = fc.oneof(chinese, latin, fc.string({ unit: 'grapheme', maxLength: 200 }))

test('whatever the name: hard to guess, the shown part is true, and the hidden part completes it', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const found = mask(name)
      if (!found) return
      expect(found.chance).toBeLessThan(perGuess)
      expect(found.whole).toBe(compared(name))
      const parts = namePartsOf(name)
      if (parts.script === 'words') {
        const shown = found.masked.split(' ')
        expect(shown.every((piece, place) => /^(\P{Cc})?\*\*\*$/u.test(piece) || piece.startsWith(Array.from(parts.pieces[place]!)[0]!.toUpperCase()))).toBe(true)
        expect(found.missing).toBe(found.whole)
        return
      }
      // Filling the stars from left to right with what is missing gives the name back.
      const rest = Array.from(found.missing)
      expect(Array.from(found.masked, (piece) => (piece === '*' ? rest.shift() : piece)).join('')).toBe(parts.pieces.join(''))
      expect(rest).toEqual([])
      expect(Array.from(found.missing).length).toBeGreaterThanOrEqual(2)
      // Never the surname alone, nor half of one.
      expect(found.missing).not.toBe(parts.pieces[0])
      if (Array.from(parts.pieces[0]!).length > 1) expect([0, 2]).toContain(Array.from(found.masked).slice(0, 2).filter((piece) => piece === '*').length)
    }),
    { numRuns: 3_000 },
  )
})

test('the same name is always masked in the same way', () => {
  fc.assert(fc.property(anyName, (name) => expect(mask(name)).toEqual(mask(name))), { numRuns: 300 })
})

test('a character that repeats is never shown once and hidden once', () => {
  fc.assert(
    fc.property(surname, character, (family, one) => {
      const found = mask(family + one + one)
      fc.pre(found !== undefined && !family.includes(one))
      expect(found?.masked.includes(one)).toBe(false)
    }),
  )
})
