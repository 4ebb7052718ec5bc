import fc from 'fast-check'
import { withoutCardNumbers } from '../../domain/transcript'

test.each([
  ['my card is 6222 0212 3456 7890 123, thank you', 'my card is ••••, thank you'],
  ['卡号是六二二二零二一二三四五六七八九零。', '卡号是••••。'],
  ['6222-0212-3456-7890', '••••'],
  ['６２２２０２１２３４５６７８９０', '••••'],
  ['7,587 yuan at 9:08 on 2026-11-22', '7,587 yuan at 9:08 on 2026-11-22'],
  ['call 138 0000 0001', 'call 138 0000 0001'],
])('%s', (said, kept) => {
  expect(withoutCardNumbers(said)).toBe(kept)
})

test('no number of twelve digits or more is left, however it is spaced', () => {
  const separators = fc.constantFrom('', ' ', '-', ', ', '  ')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), separators), { minLength: 12, maxLength: 19 }), fc.string(), (digits, around) => {
      const number = digits.map(([digit, separator]) => `${digit}${separator}`).join('')
      expect(withoutCardNumbers(`${around}a ${number} b`).replaceAll(/\D/g, '').length).toBeLessThan(12 + around.replaceAll(/\D/g, '').length)
    }),
  )
})
