import fc from 'fast-check'
import { fieldErrors, flaggedPaymentSchema } from '../../domain/flag'

const mrLi = {
  paymentId: 'pay_20120525_090800_0001',
  paidAt: '2012-05-25T01:08:00Z',
  amount: { amount: 758_700, currency: 'CNY' },
  method: 'quick_payment',
  payer: {
    id: 'li-1001',
    name: '李先生',
    phones: ['+8613800000001'],
    locale: 'zh-CN',
    security: { digitalCertificate: false, realNameVerified: true, phoneBound: true },
  },
  payee: { id: 'airline-77', name: 'Air tickets' },
  risk: { score: 82, rules: [{ id: 'amount_above_usual', reason: '4x the usual amount' }], device: {}, place: {} },
}

type Json = Record<string, unknown>

/** The example with one field replaced, or removed by `undefined`. */
function withField(path: string, value: unknown): unknown {
  const body = structuredClone(mrLi) as Json
  const keys = path.split('.')
  const last = keys.pop()!
  const place = keys.reduce<Json>((inner, key) => inner[key] as Json, body)
  if (value === undefined) delete place[last]
  else place[last] = value
  return body
}

function faultsOf(body: unknown): string[] {
  const read = flaggedPaymentSchema.safeParse(body)
  return read.success ? [] : [...new Set(fieldErrors(read.error).map(({ field }) => field))]
}

test('Mr Li of the product page is taken as he is', () => {
  expect(faultsOf(mrLi)).toEqual([])
})

const required = [
  'paymentId',
  'paidAt',
  'amount',
  'amount.amount',
  'amount.currency',
  'method',
  'payer',
  'payer.id',
  'payer.name',
  'payer.phones',
  'payee',
  'payee.id',
  'payee.name',
  'risk',
  'risk.score',
]
test.each(required)('%s is required, and its absence names it', (field) => {
  expect(faultsOf(withField(field, undefined))).toEqual([field])
  expect(faultsOf(withField(field, null))).toEqual([field])
})

test.each([
  ['payer.locale', 'zh-CN'],
  ['payer.security', {}],
  ['risk.rules', []],
  ['risk.device', {}],
  ['risk.place', {}],
  ['risk.payload', {}],
])('%s may be left out: %j', (field, fallback) => {
  const read = flaggedPaymentSchema.parse(withField(field, undefined)) as Json
  expect(field.split('.').reduce<unknown>((inner, key) => (inner as Json)[key], read)).toEqual(fallback)
})

const wrong: [field: string, value: unknown, named?: string][] = [
  ['paymentId', 7],
  ['paymentId', ''],
  ['paymentId', 'x'.repeat(129)],
  ['paymentId', 'with space'],
  ['paymentId', "1'; DROP TABLE policy; --"],
  ['paymentId', '-starts-with-dash'],
  ['paymentId', 'line\n'],
  ['paidAt', 'yesterday'],
  ['paidAt', 1_337_908_080],
  ['paidAt', '2012-05-25'],
  ['paidAt', '2012-13-25T01:08:00Z'],
  ['paidAt', '2012-05-25T01:08:00'],
  ['paidAt', '2999-01-01T00:00:00Z'],
  ['paidAt', '0000-01-01T00:00:00Z'],
  ['amount', 758_700],
  ['amount', [758_700, 'CNY']],
  ['amount.amount', 0],
  ['amount.amount', -758_700],
  ['amount.amount', 7587.5],
  ['amount.amount', '758700'],
  ['amount.amount', 1e16],
  ['amount.amount', Number.NaN],
  ['amount.currency', 'XXZ'],
  ['amount.currency', 'cny'],
  ['amount.currency', 156],
  ['amount.currency', ''],
  ['method', 'Quick Payment'],
  ['method', ''],
  ['method', 'x'.repeat(65)],
  ['method', 1],
  ['payer', 'li-1001'],
  ['payer', []],
  ['payer.id', 'x'.repeat(129)],
  ['payer.id', 'li/1001'],
  ['payer.id', 1001],
  ['payer.name', ''],
  ['payer.name', '   '],
  ['payer.name', 'x'.repeat(201)],
  ['payer.name', 'null\0byte'],
  ['payer.name', 'line\nbreak'],
  ['payer.name', 'half \ud800 pair'],
  ['payer.name', 42],
  ['payer.phones', []],
  ['payer.phones', '+8613800000001'],
  ['payer.phones', Array.from({ length: 6 }, (_, n) => `+861380000000${n}`)],
  ['payer.phones', ['+8613800000001', '+8613800000001']],
  ['payer.phones', ['13800000001'], 'payer.phones.0'],
  ['payer.phones', ['+8613800000001', '+999123'], 'payer.phones.1'],
  ['payer.phones', ['+86 138 0000 0001'], 'payer.phones.0'],
  ['payer.phones', ['+1555'], 'payer.phones.0'],
  ['payer.phones', ['tel:+8613800000001'], 'payer.phones.0'],
  ['payer.phones', [13_800_000_001], 'payer.phones.0'],
  ['payer.phones', [`+86${'1'.repeat(40)}`], 'payer.phones.0'],
  ['payer.locale', 'Chinese (Simplified)'],
  ['payer.locale', ''],
  ['payer.locale', 86],
  ['payer.security', 'high'],
  ['payer.security.phoneBound', 'yes'],
  ['payee.id', ''],
  ['payee.name', ''],
  ['payee.name', 'x'.repeat(201)],
  ['risk.score', -1],
  ['risk.score', 101],
  ['risk.score', 82.5],
  ['risk.score', '82'],
  ['risk.rules', {}],
  ['risk.rules', Array.from({ length: 51 }, () => mrLi.risk.rules[0])],
  ['risk.rules', [{ id: '', reason: 'x' }], 'risk.rules.0.id'],
  ['risk.rules', [{ id: 'x' }], 'risk.rules.0.reason'],
  ['risk.rules', [{ id: 'x', reason: 'y'.repeat(501) }], 'risk.rules.0.reason'],
  ['risk.device', 'phone'],
  ['risk.device', { blob: 'x'.repeat(8_001) }],
  ['risk.place', { city: 'null\0byte' }],
  ['risk.payload', []],
]
test.each(wrong)('%s = %j is refused by its name', (field, value, named = field) => {
  expect(faultsOf(withField(field, value))).toEqual([named])
})

test.each(['', 'payer.', 'payer.security.', 'payee.', 'amount.', 'risk.'])('an unknown field %sextra is refused by its name', (place) => {
  expect(faultsOf(withField(`${place}extra`, 1))).toEqual([`${place}extra`])
})

test.each([null, 'text', 42, [], [mrLi], undefined])('%j is no flag', (body) => {
  expect(faultsOf(body)).not.toEqual([])
})

test('names are kept as people write them, markup and quotes and all', () => {
  for (const name of ['<b>Bold</b>', "O'Hara; DROP TABLE x", '李 先生', 'Łukasz', '👨‍👩‍👧', 'حسن'])
    expect(flaggedPaymentSchema.parse(withField('payer.name', name)).payer.name).toBe(name)
})

test('any offset is the same moment', () => {
  expect(flaggedPaymentSchema.parse(withField('paidAt', '2012-05-25T09:08:00+08:00')).paidAt).toBe('2012-05-25T01:08:00.000Z')
})

test('reading a body that was read before changes nothing', () => {
  const once = flaggedPaymentSchema.parse(mrLi)
  expect(flaggedPaymentSchema.parse(once)).toEqual(once)
})

test('every fault is named, not only the first', () => {
  const body = { ...mrLi, paymentId: '', amount: { amount: -1, currency: '?' }, extra: true }
  expect(faultsOf(body).sort()).toEqual(['amount.amount', 'amount.currency', 'extra', 'paymentId'])
})

test('whatever JSON comes, the answer is a list of named faults or a flag, never an exception', () => {
  fc.assert(
    fc.property(fc.constantFrom(...required, 'risk.device', 'payer.locale', 'payer.security'), fc.jsonValue({ maxDepth: 4 }), (field, value) => {
      for (const name of faultsOf(withField(field, value))) expect(name).toMatch(/^[\w.()]/)
    }),
  )
})

test('free objects nested beyond all reason are refused', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown
  expect(faultsOf(withField('risk.device', { deep }))).toEqual(['risk.device'])
})
