import { pretendCall, pretendCase, pretendOffer, pretendPayment } from './pretendCase'
import { createPretendProduct, rightPassword, type PretendProduct } from './pretendProduct'
import { startDashboardBrowser, until, type DashboardBrowser, type OpenDashboard } from './openDashboard'

let browser: DashboardBrowser
let product: PretendProduct
let dashboard: OpenDashboard

beforeAll(async () => {
  browser = await startDashboardBrowser()
})
afterAll(() => browser.stop())

beforeEach(async () => {
  product = await createPretendProduct()
  dashboard = await browser.open(product.url)
})
afterEach(async () => {
  await dashboard.close()
  await product.close()
})

const now = () => new Date().toISOString()
const onTheLine = () => pretendCall({ status: 'in_progress', rangAt: now(), answeredAt: now(), contactAt: now() })

/** Signed in, with an accepted case on the screen and the payer on the line. */
async function inMidCall(theCase = pretendCase()): Promise<void> {
  await dashboard.signIn('agent@demo.example')
  product.offer(theCase, pretendOffer(theCase))
  await dashboard.page.getByRole('button', { name: /^Accept/ }).waitFor()
  // Longer than the grace in which a key is not yet an answer.
  await dashboard.page.waitForTimeout(600)
  await dashboard.page.keyboard.press('Enter')
  await dashboard.page.getByRole('heading', { name: 'Verdict' }).waitFor()
  product.setCall(onTheLine())
  await dashboard.page.getByText('On the line with the payer').waitFor()
}

test('an ordinary case from sign-in to the next case, by the keyboard alone', async () => {
  const { page } = dashboard
  await page.keyboard.type('agent@demo.example')
  await page.keyboard.press('Tab')
  await page.keyboard.type(rightPassword)
  await page.keyboard.press('Enter')

  const available = page.getByRole('main').getByRole('button', { name: 'Go available' })
  await available.waitFor()
  for (let tabs = 0; tabs < 20 && !(await available.evaluate((button) => button === document.activeElement)); tabs++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Ready. The next case comes to you.').waitFor()

  const theCase = pretendCase({ payments: [pretendPayment(), pretendPayment({ paymentId: 'pay-2', payee: { id: 'shop', name: 'Phone shop' } })] })
  product.offer(theCase, pretendOffer(theCase))
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText('李** · Chinese (China)').waitFor()
  await dialog.getByText('4x the usual amount · First payment from this device').first().waitFor()
  await page.waitForTimeout(600)
  await page.keyboard.press('a')

  await page.getByText('Preparing the call').waitFor()
  product.setCall(pretendCall({ status: 'ringing', rangAt: now() }))
  await page.getByText('Ringing at the payer').waitFor()
  product.setCall(onTheLine())
  await page.getByText('On the line with the payer').waitFor()
  await page.getByText('You: connected').waitFor()
  expect(product.edge.legs).toMatchObject([{ caseId: 'case-1', state: 'open' }])

  await page.keyboard.press('s')
  await page.keyboard.type('您好')
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('您好', { exact: true }).waitFor()

  await page.keyboard.press('Alt+m')
  await page.getByText('You: connected, muted').waitFor()
  await page.keyboard.press('Alt+m')
  await page.keyboard.press('Alt+o')
  await page.keyboard.type('Bought tickets himself; was told to buy a phone.')
  await until(() => product.notes() === 'Bought tickets himself; was told to buy a phone.')
  await page.getByText('Saved', { exact: true }).waitFor()

  await page.keyboard.press('Alt+1')
  await page.getByText('The money goes to Air tickets.').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Choose a verdict for payment 2.').first().waitFor()
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  // The kind of scam is missing: the form says so and goes there.
  await page.getByText('Choose the kind of scam for payment 2.').first().waitFor()
  await page.keyboard.type('Romance')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Every payment has its verdict.').waitFor()
  expect(product.requests.find(({ path }) => path.endsWith('/verdicts'))?.body).toEqual({
    verdicts: [
      { paymentId: 'pay-1', verdict: 'owner_confirmed' },
      { paymentId: 'pay-2', verdict: 'scam', scamType: 'romance' },
    ],
  })

  await page.keyboard.press('Alt+x')
  await page.getByRole('button', { name: 'Press again to hang up' }).waitFor()
  await page.keyboard.press('Alt+x')
  await page.getByText('Call ended').waitFor()
  await page.getByRole('timer', { name: 'Wrap-up' }).waitFor()
  await page.keyboard.press('Alt+n')
  await page.getByText('Ready. The next case comes to you.').waitFor()
  expect(dashboard.complaints).toEqual([])
})

test('an ordinary case takes six presses of keys from its offer to the next one', async () => {
  await dashboard.signIn('agent@demo.example')
  const { page } = dashboard
  let presses = 0
  const press = (key: string) => ((presses += 1), page.keyboard.press(key))
  const theCase = pretendCase()
  product.offer(theCase, pretendOffer(theCase))
  await page.getByRole('alertdialog').waitFor()
  // Longer than the grace in which a key is not yet an answer.
  await page.waitForTimeout(600)
  await press('a')
  await page.getByRole('heading', { name: 'Verdict' }).waitFor()
  product.setCall(onTheLine())
  await page.getByText('On the line with the payer').waitFor()
  await page.getByText('You: connected').waitFor()
  await press('1')
  await press('Control+Enter')
  await page.getByText('Every payment has its verdict.').waitFor()
  await press('x')
  await page.getByRole('button', { name: 'Press again to hang up' }).waitFor()
  await press('x')
  await page.getByRole('timer', { name: 'Wrap-up' }).waitFor()
  await press('n')
  await page.getByText('Ready. The next case comes to you.').waitFor()
  expect(presses).toBe(6)
})

test('an offer that nobody answers says so and goes away', async () => {
  await dashboard.signIn('agent@demo.example')
  const theCase = pretendCase()
  product.offer(theCase, pretendOffer(theCase, 2))
  await dashboard.page.getByRole('alertdialog').waitFor()
  await dashboard.page.getByText('The offer ran out and moved on to another agent.').waitFor()
  expect(await dashboard.page.getByRole('alertdialog').count()).toBe(0)
  expect(product.requests.some(({ path }) => path.endsWith('/accept'))).toBe(false)
})

test('keys that were on their way when the offer sprang up do not answer it', async () => {
  await dashboard.signIn('agent@demo.example')
  const theCase = pretendCase()
  product.offer(theCase, pretendOffer(theCase))
  await dashboard.page.getByRole('alertdialog').waitFor()
  await dashboard.page.keyboard.press('d')
  await dashboard.page.keyboard.press('Enter')
  await dashboard.page.waitForTimeout(300)
  expect(product.requests.some(({ path }) => path.includes('/offers/'))).toBe(false)
  await dashboard.page.waitForTimeout(600)
  await dashboard.page.keyboard.press('d')
  await dashboard.page.getByText('Ready. The next case comes to you.').waitFor()
})

test('an offer that another agent has won is told', async () => {
  await dashboard.signIn('agent@demo.example')
  const theCase = pretendCase()
  const offer = pretendOffer(theCase)
  product.offer(theCase, offer)
  product.fail(`POST /v1/desk/offers/${offer.offerId}/accept`, 409)
  await dashboard.page.getByRole('alertdialog').waitFor()
  await dashboard.page.waitForTimeout(600)
  await dashboard.page.keyboard.press('Enter')
  await dashboard.page.getByText('Another agent has this case.').waitFor()
})

test('a reload in mid-call comes back to the same leg, the same draft and the same notes', async () => {
  await inMidCall()
  const { page } = dashboard
  product.edge.heard('payer', '喂？')
  await page.getByText('喂？').waitFor()
  await page.keyboard.press('2')
  await page.getByLabel('Notes on this case').fill('Never bought this.')
  await page.reload()

  await page.getByText('On the line with the payer').waitFor()
  await page.getByText('You: connected').waitFor()
  await page.getByText('喂？').waitFor()
  expect(product.edge.legs).toHaveLength(1)
  expect(await page.getByRole('radio', { name: 'It was not the payer' }).isChecked()).toBe(true)
  expect(await page.getByLabel('Notes on this case').inputValue()).toBe('Never bought this.')
})

test('a leg that ended while the payer is on the line is dialled again', async () => {
  await inMidCall()
  await dashboard.page.getByText('You: connected').waitFor()
  const [leg] = product.edge.legs
  await fetch(`${product.edge.url()}/sim/softphone/calls/${leg?.callSid}`, { method: 'DELETE' })
  await until(() => product.edge.legs.length === 2)
  await dashboard.page.getByText('You: connected').waitFor()
})

test('of two windows one has the desk: it alone rings and talks, until the other takes the desk or is the last one open', async () => {
  await inMidCall()
  const { page } = dashboard
  await page.getByText('You: connected').waitFor()
  const second = await dashboard.another('/desk')
  const saysWhere = (each: typeof page) => each.getByText('Your desk is open in another window').waitFor()
  await saysWhere(second)
  expect(product.edge.legs).toHaveLength(1)

  await second.getByRole('button', { name: 'Use the desk here' }).click()
  await second.getByText('You: connected').waitFor()
  await saysWhere(page)
  await until(() => product.edge.legs.filter(({ state }) => state === 'open').length === 1)
  expect(product.edge.legs).toHaveLength(2)
  const theCase = pretendCase({ caseId: 'case-2' })
  product.offer(theCase, pretendOffer(theCase))
  await second.getByRole('alertdialog').waitFor()
  await saysWhere(page)
  expect(await page.getByRole('alertdialog').count()).toBe(0)

  await second.close()
  await page.getByRole('alertdialog').waitFor()
})

test('a lost connection is shown, keeps the case on the screen, and heals by itself', async () => {
  await inMidCall()
  const { page } = dashboard
  product.cutOff(true)
  await page.getByText('Connection lost. Trying again by itself…').waitFor()
  await page.getByText('On the line with the payer').waitFor()
  await page.getByLabel('Notes on this case').fill('Written without a network.')
  await page.getByText('Not saved. Trying again').waitFor()
  product.cutOff(false)
  await page.getByText('Connected again. Everything on this page is current.').waitFor()
  await until(() => product.notes() === 'Written without a network.')
  await page.getByText('Saved', { exact: true }).waitFor()
})

test('a verdict before the payer was reached says that it waits', async () => {
  await inMidCall()
  product.setCall(pretendCall({ status: 'ringing', rangAt: now() }))
  await dashboard.page.getByText('Ringing at the payer').waitFor()
  await dashboard.page.keyboard.press('1')
  await dashboard.page.keyboard.press('Control+Enter')
  await dashboard.page.getByText('It waits for contact').waitFor()
})

test('a verdict on a payment that was decided meanwhile is explained', async () => {
  await inMidCall()
  product.fail('POST /v1/desk/cases/case-1/verdicts', 409)
  await dashboard.page.keyboard.press('1')
  await dashboard.page.keyboard.press('Control+Enter')
  await dashboard.page.getByText('This payment was decided already.').waitFor()
})

test('the money is final only when the ledger has confirmed', async () => {
  const theCase = pretendCase()
  await inMidCall(theCase)
  const { page } = dashboard
  await page.keyboard.press('1')
  await page.keyboard.press('Control+Enter')
  const action = {
    key: 'release:pay-1',
    kind: 'release' as const,
    paymentId: 'pay-1',
    reason: 'owner_confirmed',
    actor: 'agent:agent-1',
    requestedAt: now(),
    confirmedAt: null,
    ledgerEntry: null,
    detail: null,
  }
  const decided = { verdict: 'owner_confirmed' as const, verdictBy: 'agent-1', verdictAt: now() }
  product.setCase({
    ...theCase,
    status: 'settling',
    payments: [pretendPayment({ ...decided, decision: 'settling' })],
    moneyActions: [{ ...action, status: 'requested' }],
  })
  await page.getByText('Money: asked for “Release”, waiting for the ledger…').waitFor()
  product.setCase({
    ...theCase,
    status: 'settling',
    payments: [pretendPayment({ ...decided, decision: 'final', fundsState: 'released' })],
    moneyActions: [{ ...action, status: 'confirmed', confirmedAt: now() }],
  })
  await page.getByText('Money: Released. The ledger has confirmed it.').waitFor()
})

test('a payment that joins during the call is announced and can be decided', async () => {
  const theCase = pretendCase()
  await inMidCall(theCase)
  product.setCase({ ...theCase, payments: [...theCase.payments, pretendPayment({ paymentId: 'pay-2', payee: { id: 'shop', name: 'Phone shop' } })] })
  await dashboard.page.getByText('A further payment has joined this case.').waitFor()
  await dashboard.page.getByRole('button', { name: /Record the verdicts/ }).waitFor()
})

test('guidance that was given is written into the notes', async () => {
  await inMidCall()
  await dashboard.page.getByRole('checkbox', { name: /^安装数字证书/ }).check()
  await until(() => product.notes() === '✓ 安装数字证书')
  // What the payer agrees to takes one key, and tells the server all that was advised.
  await dashboard.page.keyboard.press('Alt+5')
  await dashboard.page.getByRole('checkbox', { name: /agreed to: 安装数字证书/ }).and(dashboard.page.locator(':checked')).waitFor()
  const sent = () => product.requests.filter(({ path }) => path.endsWith('/guidance')).map(({ body }) => body)
  await until(() => sent().length === 2)
  expect(sent()).toEqual([{ advice: [{ advice: 'digitalCertificate', agreed: false }] }, { advice: [{ advice: 'digitalCertificate', agreed: true }] }])
})

test('notes that are written in the last moment of wrap-up are saved before the case is given back', async () => {
  await inMidCall()
  const { page } = dashboard
  product.setPresence(product.presenceOf('wrap_up', { caseId: 'case-1', wrapUpUntil: new Date(Date.now() + 20_000).toISOString() }))
  await page.getByLabel('Notes on this case').pressSequentially('Last words')
  await page.keyboard.press('Alt+n')
  await page.getByText('Ready. The next case comes to you.').waitFor()
  const paths = product.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path)
  expect(product.notes()).toBe('Last words')
  expect(paths.lastIndexOf('/v1/desk/cases/case-1/notes')).toBeLessThan(paths.lastIndexOf('/v1/desk/presence'))
})

test('no payment detail stands above the line that follows the identification', async () => {
  await inMidCall()
  const text = await dashboard.page.locator('section', { has: dashboard.page.getByRole('heading', { name: 'What to say' }) }).innerText()
  const line = text.indexOf('Only after the payer has identified themselves')
  expect(line).toBeGreaterThan(0)
  expect(text.slice(0, line)).not.toMatch(/7,587|Air tickets/)
})

test('single keys can be turned off, and work with Alt then', async () => {
  await inMidCall()
  const { page } = dashboard
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: 'Single keys work without Alt' }).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  expect(await page.getByRole('radio', { name: 'It was the payer' }).isChecked()).toBe(false)
  await page.keyboard.press('Alt+1')
  expect(await page.getByRole('radio', { name: 'It was the payer' }).isChecked()).toBe(true)
})
