import { createPretendProduct, type PretendProduct } from './pretendProduct'
import { pretendClosedCase } from './pretendTimeline'
import { startDashboardBrowser, type DashboardBrowser, type OpenDashboard } from './openDashboard'

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

test('the wallboard shows the promise, the urgent case and the alerts', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  await page.getByText('98.6%').waitFor()
  await page.getByText('212 of 215 in time').waitFor()
  await page.getByText('Promise broken').waitFor()
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(/−0:1\d/)
  expect(dashboard.complaints).toEqual([])
})

test('a search is part of the address, so that it can be shared', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  await page.getByRole('link', { name: 'Call histories' }).click()
  await page.getByLabel('Outcome').selectOption('scam')
  await page.getByLabel('A payment of at least').fill('5000')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.waitForURL(/outcome=scam/)
  expect(product.requests.at(-1)?.path).toContain('outcome=scam&minAmount=500000')
  await page.reload()
  expect(await page.getByLabel('Outcome').inputValue()).toBe('scam')
})

test('older cases come on request, and a row opens its case', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  await page.goto(`${product.url}/histories`)
  await page.getByText('the newest 12 cases').waitFor()
  await page.getByRole('button', { name: 'Show older cases' }).click()
  await page.getByText('24 cases').waitFor()
  await page.getByRole('row').nth(2).click()
  await page.getByRole('heading', { name: 'Case of 李先生' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Call histories' }).waitFor()
})

test('a search that finds nothing says so', async () => {
  await dashboard.signIn('supervisor@demo.example')
  await dashboard.page.goto(`${product.url}/histories?q=nothing`)
  await dashboard.page.getByText('No case matches.').waitFor()
  await dashboard.page.getByRole('button', { name: 'Clear the filter' }).last().click()
  await dashboard.page.getByText('the newest 12 cases').waitFor()
})

test('histories that cannot be read say so and can be tried again', async () => {
  product.fail('GET /v1/supervision/histories?', 500)
  await dashboard.signIn('supervisor@demo.example')
  await dashboard.page.getByRole('link', { name: 'Call histories' }).click()
  await dashboard.page.getByText('The server has a problem.').waitFor({ timeout: 20_000 })
  product.mend()
  await dashboard.page.getByRole('button', { name: 'Try again' }).click()
  await dashboard.page.getByText('the newest 12 cases').waitFor()
})

test('a case reads as a story, in either language, and the audit log is verified', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  await page.goto(`${product.url}/histories/case-closed`)
  await page.getByText('The payer pressed 2: “It was not me”, for ¥12,900.00 to Phone shop.').waitFor()
  await page.getByText('The ledger refused to refund ¥12,900.00 to Phone shop: not held.').waitFor()
  expect(await page.getByText('moved from').count()).toBe(0)
  await page.getByLabel('Show small steps').check()
  await page.getByText('The case moved from “Waiting to be called” to “Being called”.').waitFor()
  await page.getByText('something_new', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Verify the audit log' }).click()
  await page.getByText('The audit log is intact: 1,234 entries').waitFor()
  await page.getByRole('button', { name: '简体中文' }).click()
  await page.getByText('付款人按了 2：“不是我本人”，针对¥12,900.00，收款方 Phone shop。').waitFor()
  expect(dashboard.complaints).toEqual([])
})

test('help with a payment that has gone out: filled in from its case, by keyboard; what is wrong stands at its field', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  await page.goto(`${product.url}/histories/case-closed`)
  await page.getByRole('link', { name: 'Open a case of help' }).click()
  const sender = page.getByRole('group', { name: 'Who sent it' })
  const receiver = page.getByRole('group', { name: 'Who got it' })
  await sender.getByLabel('Name').waitFor()
  expect([await sender.getByLabel('Name').inputValue(), await page.getByLabel('Amount').inputValue()]).toEqual([pretendClosedCase.payer.name, '7587.00'])
  await page.getByLabel('What happened', { exact: true }).selectOption('impersonation')
  await receiver.getByLabel('Phone, if known').fill('13800000002')
  await page.getByLabel('What happened, in the payer’s own words').fill('The account had my friend’s picture.')
  await receiver.getByLabel('Phone, if known').press('Enter')
  await receiver.getByText('expected an E.164 phone number').waitFor()
  expect(await receiver.getByLabel('Phone, if known').getAttribute('aria-invalid')).toBe('true')
  await receiver.getByLabel('Phone, if known').fill('+8613800000002')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Transfer of 李先生' }).waitFor()
  const payment = pretendClosedCase.payments.find(({ paymentId }) => paymentId === 'pay-1')!
  const { payer } = pretendClosedCase
  expect(product.requests.findLast(({ method, path }) => method === 'POST' && path === '/v1/transfer-help')?.body).toEqual({
    transferId: 'pay-1',
    kind: 'impersonation',
    reason: 'The account had my friend’s picture.',
    transferredAt: new Date(Math.floor(Date.parse(payment.paidAt) / 1_000) * 1_000).toISOString(),
    amount: payment.amount,
    payer: { id: payer.id, name: payer.name, phones: payer.phones, locale: payer.locale },
    payee: { ...payment.payee, phone: '+8613800000002', locale: 'zh-CN' },
  })
  await page.goto(`${product.url}/disputes/dispute-1`)
  await page.getByText('Agent One · ').waitFor()
  expect(await page.getByText('agent:agent-1').count()).toBe(0)
  expect(dashboard.complaints.filter((complaint) => !complaint.includes('422'))).toEqual([])
})

test('all dialling is stopped with a reason, told on the wallboard, and goes on', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  await page.getByRole('link', { name: 'Dialling' }).click()
  await page.getByText('New calls are made.').waitFor()
  expect(await page.getByRole('button', { name: 'Stop all dialling' }).isDisabled()).toBe(true)
  await page.getByLabel('Reason').first().fill('Wrong announcement')
  await page.getByRole('button', { name: 'Stop all dialling' }).click()
  await page.getByText('All dialling is stopped: no phone rings').waitFor()
  await page.getByRole('link', { name: 'Wallboard' }).click()
  await page.getByText('All dialling is stopped: no phone rings').waitFor()
  await page.getByText('Wrong announcement').waitFor()
  await page.getByRole('link', { name: 'Go to dialling' }).click()
  await page.getByRole('button', { name: 'Let dialling go on' }).click()
  await page.getByText('New calls are made.').waitFor()
})

test('a policy is saved only after its changes were shown', async () => {
  await dashboard.signIn('admin@demo.example')
  const { page } = dashboard
  await page.getByRole('region', { name: 'Times and limits' }).getByLabel('A phone rings for (seconds)').fill('30')
  await page.getByRole('button', { name: 'Review and save' }).click()
  expect(await page.getByRole('dialog').getByRole('row').nth(1).innerText()).toMatch(/A phone rings for \(seconds\)\s+25\s+30/)
  await page.getByRole('button', { name: 'Put in force' }).click()
  await page.getByText('Version 2 is in force.').waitFor()
  expect(product.requests.find(({ method, path }) => method === 'POST' && path === '/v1/admin/policy?since=1')?.body).toMatchObject({ ringSeconds: 30, maxAttempts: 5 })
})

test('an API key is shown once', async () => {
  await dashboard.signIn('admin@demo.example')
  const { page } = dashboard
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.getByLabel('Name').fill('Risk engine, staging')
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByText('Risk engine: 2 other keys may do this too').waitFor()
  await page.getByRole('button', { name: 'Make the key' }).click()
  await page.getByText('rc_shown_once_0123456789').waitFor()
  await page.getByRole('button', { name: 'I have put it away' }).click()
  expect(await page.getByText('rc_shown_once_0123456789').count()).toBe(0)
})

test('a call is scored by single keys, and kept at each of them', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  // A small window has no room for it in the top bar: it is in the menu at its end.
  await page.setViewportSize({ width: 1_024, height: 768 })
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Quality' }).click()
  await page.getByRole('link', { name: /Open the review of the call/ }).first().click()
  await page.getByText('0 of 7 answered').waitFor()
  for (const key of ['y', 'y', 'y', 'y']) await page.keyboard.press(key)
  // A scale takes no "yes".
  await page.keyboard.press('y')
  await page.getByText('4 of 7 answered').waitFor()
  for (const key of ['5', '0', '4']) await page.keyboard.press(key)
  await page.getByText('7 of 7 answered Kept as a draft.').waitFor()
  await page.getByLabel('Comment to the agent').fill('Well done.')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Submitted · Supervisor One/).waitFor()
  expect(product.requests.find(({ path }) => path.endsWith('/review-1/submit'))?.body).toEqual({
    scorecardId: 'scorecard_default',
    comment: 'Well done.',
    answers: { identified: 'yes', introduced: 'yes', each_payment: 'yes', verdict_right: 'yes', scam_questions: 5, guidance: 'na', clear_calm: 4 },
  })
  expect(dashboard.complaints).toEqual([])
})

test('an export tells how far it is, can be given up, and is saved as a file', async () => {
  await dashboard.signIn('supervisor@demo.example')
  const { page } = dashboard
  await page.getByRole('link', { name: 'Call histories' }).click()
  await page.getByRole('button', { name: 'Export: CSV' }).click()
  await page.getByText('1 of 3 cases').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export: JSON' }).click()
  expect((await saved).suggestedFilename()).toBe('call-histories.json')
  await page.getByRole('button', { name: 'Export: JSON' }).waitFor()
  expect(dashboard.complaints).toEqual([])
})
