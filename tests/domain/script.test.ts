import { builtInScripts } from '../../domain/script/builtIn'
import { scriptDocumentSchema } from '../../domain/script/document'
import { guidanceFor } from '../../domain/script/guidance'
import { scriptFor } from '../../domain/script/script'
import { sayMoney, sayTime, scriptLanguage } from '../../domain/script/wording'
import { securityLevel } from '../../domain/security'

const facts = {
  payerName: '李先生',
  agentName: 'Agent One',
  payments: [{ amount: { amount: 758_700, currency: 'CNY' }, paidAt: '2012-05-25T01:08:00.000Z', payeeName: 'Air tickets' }],
  now: new Date('2012-05-25T01:10:00Z'),
}

/** What comes with the product for somebody who speaks this. */
function builtIn(locale: string) {
  const language = scriptLanguage(locale)
  return { language, document: builtInScripts[language] }
}

it('asks Mr Li in Chinese about 7,587 yuan at 9:08', () => {
  const script = scriptFor(builtIn('zh-CN'), facts)
  expect(script.language).toBe('zh-CN')
  expect(script.questions[1]).toBe('今天 9:08有一笔7,587.00元的付款，收款方是“Air tickets”，请问是您本人操作的吗？')
})

it('asks everybody else in English, by time gone by', () => {
  for (const locale of ['en', 'fr-FR', 'th']) {
    const script = scriptFor(builtIn(locale), facts)
    expect(script.language).toBe('en')
    expect(script.questions[1]).toBe('There was a payment of CNY\u00a07,587.00 to “Air tickets”, 2 minutes ago. Was that you?')
  }
})

it.each(['zh-CN', 'en'])('tells nothing of a payment before the payer has said who they are (%s)', (locale) => {
  const { opening, questions, closing } = scriptFor(builtIn(locale), facts)
  for (const text of [opening, questions[0], closing]) expect(text).not.toMatch(/7,587|Air tickets|9:08/)
})

it('asks about each payment of the case', () => {
  const second = { amount: { amount: 5_000, currency: 'JPY' }, paidAt: '2012-05-25T01:09:00.000Z', payeeName: 'Shop' }
  const { questions } = scriptFor(builtIn('en'), { ...facts, payments: [...facts.payments, second] })
  expect(questions.filter((question) => question.startsWith('There was a payment'))).toHaveLength(2)
  expect(questions[2]).toContain('JPY\u00a05,000 to “Shop”')
})

it('says amounts in the currency’s own minor units, and times as people do', () => {
  expect([sayMoney({ amount: 1, currency: 'CNY' }, 'en'), sayMoney({ amount: 1_500, currency: 'KWD' }, 'en')].map((text) => text.replace(/\s/, ' '))).toEqual([
    'CNY 0.01',
    'KWD 1.500',
  ])
  const at = (paidAt: string) => sayTime(paidAt, facts.now, 'en')
  expect([at('2012-05-25T01:09:55Z'), at('2012-05-24T22:10:00Z'), at('2012-05-20T01:10:00Z')]).toEqual(['1 minute ago', '3 hours ago', '5 days ago'])
  expect(sayTime('2012-05-24T01:08:00Z', facts.now, 'zh-CN')).toBe('2012年5月24日 9:08')
})

describe('guidance by security level', () => {
  it.each([
    [{ digitalCertificate: true, realNameVerified: true, phoneBound: true }, 'high', ['wellProtected']],
    [{ digitalCertificate: true, realNameVerified: false, phoneBound: true }, 'medium', ['realNameVerified']],
    [{ digitalCertificate: false, realNameVerified: true, phoneBound: false }, 'low', ['digitalCertificate', 'phoneBound']],
    [{}, 'low', ['digitalCertificate', 'realNameVerified', 'phoneBound']],
  ] as const)('for %j it is %s: %j', (security, level, ids) => {
    expect(securityLevel(security)).toBe(level)
    for (const locale of ['zh-CN', 'en']) expect(guidanceFor(builtIn(locale).document, security).map(({ id }) => id)).toEqual(ids)
  })

  it('asks first where our records do not tell', () => {
    const [known] = guidanceFor(builtInScripts.en, { digitalCertificate: false, realNameVerified: true, phoneBound: true })
    const [unknown] = guidanceFor(builtInScripts.en, { realNameVerified: true, phoneBound: true })
    expect(known!.text).not.toContain('ask first')
    expect(unknown!.text).toContain('ask first')
  })
})

describe('a script that somebody writes', () => {
  type Draft = (typeof builtInScripts)['en']
  const complaintsAbout = (change: (draft: Record<keyof Draft, Record<string, unknown>>) => void) => {
    const draft = structuredClone(builtInScripts.en) as unknown as Record<keyof Draft, Record<string, unknown>>
    change(draft)
    return scriptDocumentSchema.safeParse(draft).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  }

  it('is fine as it comes with the product', () => {
    for (const document of Object.values(builtInScripts)) expect(scriptDocumentSchema.safeParse(document).error).toBeUndefined()
  })

  it.each([
    ['a placeholder that nobody knows', 'opening', 'Hello {custmer}', /^speech\.opening: \{custmer\} is not a placeholder/],
    ['a fact before the identity', 'opening', 'You paid {amount}, {payer}', /^speech\.opening: \{amount\} may not be told here; allowed: \{payer\}, \{agent\}$/],
    ['a fact in the question for the identity', 'identity', 'Did you pay {payee}?', /^speech\.identity: \{payee\} may not be told here/],
    ['a payment that is not named', 'payment', 'Was it you?', /^speech\.payment: expected \{amount\}/],
    ['a brace without its other', 'closing', 'Goodbye {payer', /^speech\.closing: expected each \{ with its \}/],
  ])('is refused by name for %s', (_, part, text, complaint) => {
    expect(complaintsAbout(({ speech }) => (speech[part] = text))).toEqual([expect.stringMatching(complaint)])
  })

  it.each([
    ['tells a machine who is called', 'voicemail', 'A message for {payer}', /^announcements\.voicemail: \{payer\} may not be told here/],
    ['does not say that the call is recorded', 'connecting', 'You are being connected.', /^announcements\.connecting: expected \{recorded\}/],
    ['does not name a key', 'identify', 'Are you {payer}? Press 1.', /^announcements\.identify: expected the key 9/],
  ])('is refused when its announcement %s', (_, part, text, complaint) => {
    expect(complaintsAbout(({ announcements }) => (announcements[part] = text))).toEqual([expect.stringMatching(complaint)])
  })
})
