import fc from 'fast-check'
import { maskName, maskPhone } from '../../domain/masking'

test.each([
  ['+8613800000001', '+86138****0001'],
  ['+14155550123', '+141****0123'],
  ['+86138', '****'],
  ['', '****'],
])('%s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown)
})

test.each([
  ['李先生', '李**'],
  ['Maria Lopez', 'M**** L****'],
  ['  Maria   Lopez ', 'M**** L****'],
  ['李', '李'],
  ['𠮷野', '𠮷*'],
  ['', ''],
])('%j is shown as %j', (name, shown) => {
  expect(maskName(name)).toBe(shown)
})

test('at least four digits of a phone are never shown, and the mask says nothing of its length', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+\d{7,15}$/), (phone) => {
      const shown = maskPhone(phone).replaceAll(/\D/g, '')
      expect(phone.length - 1 - shown.length).toBeGreaterThanOrEqual(4)
    }),
  )
})
