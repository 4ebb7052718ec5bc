import { english } from '../../dashboard/src/language/en'
import { chinese } from '../../dashboard/src/language/zh'

type Texts = { [key: string]: string | Texts }

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}
const inEnglish = flat(english)
const inChinese = new Map(flat(chinese))
const blanks = (text = '') => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted().join()
/** Names of formats, a language that is named in itself, and the one in which names are shown. */
const sameInBoth = /^(language\.en|supervision\.histories\.(csv|json)|timeline\.nameIn)$/

test('both languages say everything, with the same blanks', () => {
  expect([...inChinese.keys()].toSorted()).toEqual(inEnglish.map(([key]) => key).toSorted())
  expect(inEnglish.filter(([key, text]) => !inChinese.get(key) || blanks(inChinese.get(key)) !== blanks(text))).toEqual([])
})

test('Chinese texts are Chinese', () => {
  const words = (text: string) => text.replaceAll(/\{\{\w+\}\}/g, '')
  expect([...inChinese].filter(([key, text]) => /[A-Za-z]/.test(words(text)) && !/\p{Script=Han}/u.test(text) && !sameInBoth.test(key))).toEqual([])
})
