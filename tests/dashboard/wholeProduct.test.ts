import { startStack, type Stack } from '../support/stack'
import { lookAtEveryPage } from './everyPage'
import { startDashboardBrowser, type DashboardBrowser, type OpenDashboard } from './openDashboard'

jest.setTimeout(120_000)

let stack: Stack
let browser: DashboardBrowser
let agent: OpenDashboard

beforeAll(async () => {
  stack = await startStack({ policy: { wrapUpSeconds: 60 } })
  browser = await startDashboardBrowser()
})
afterAll(async () => {
  await browser.stop()
  await stack.stop()
})
beforeEach(async () => {
  agent = await browser.open(stack.api.url)
})
afterEach(() => agent.close())

function user(role: string): { email: string; password: string } {
  const found = stack.users.find((each) => each.role === role)
  if (!found) throw new Error(`no demo account is ${role}`)
  return found
}

async function flag(name: string): Promise<{ caseId: string; paymentId: string }> {
  const response = await fetch(`${stack.api.url}/v1/flagged-payments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.secrets.riskEngineKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      paymentId: `pay_${name}`,
      paidAt: new Date().toISOString(),
      amount: { amount: 758_700, currency: 'CNY' },
      method: 'quick_payment',
      payer: { id: `payer-${name}`, name: '李先生', phones: ['+8613800000001'], locale: 'zh-CN', security: { digitalCertificate: false } },
      payee: { id: 'airline-77', name: 'Air tickets' },
      risk: { score: 82, rules: [{ id: 'amount_above_usual', reason: '4x the usual amount' }] },
    }),
  })
  expect(response.status).toBe(202)
  return (await response.json()) as { caseId: string; paymentId: string }
}

async function fundsOf(paymentId: string): Promise<string> {
  const response = await fetch(`${stack.simulator.url}/sim/ledger/payments/${paymentId}`)
  return ((await response.json()) as { state: string }).state
}

test('an agent confirms a payment in the dashboard, the money is released, and a supervisor reads the story', async () => {
  const { page } = agent
  await agent.signIn(user('agent').email, user('agent').password)
  await page.getByRole('main').getByRole('button', { name: 'Go available' }).click()
  await page.getByText('Ready. The next case comes to you.').waitFor()
  const { caseId, paymentId } = await flag('confirmed')

  await page.getByRole('alertdialog').waitFor()
  await page.waitForTimeout(600)
  await page.keyboard.press('Enter')
  await page.getByText('On the line with the payer').waitFor({ timeout: 30_000 })
  await page.getByText('You: connected').waitFor()

  await page.reload()
  await page.getByText('On the line with the payer').waitFor()
  await page.getByText('You: connected').waitFor()

  await page.keyboard.press('1')
  await page.getByText('The money goes to Air tickets.').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Money: Released. The ledger has confirmed it.').waitFor()
  expect(await fundsOf(paymentId)).toBe('released')

  await page.keyboard.press('Alt+x')
  await page.keyboard.press('Alt+x')
  await page.getByRole('timer', { name: 'Wrap-up' }).waitFor()
  await page.keyboard.press('Alt+n')
  await page.getByText('Ready. The next case comes to you.').waitFor()
  await page.getByText('Your last case').waitFor()

  const supervisor = await browser.open(`${stack.api.url}/histories/${caseId}`)
  await supervisor.signIn(user('supervisor').email, user('supervisor').password)
  const story = supervisor.page.getByRole('list').filter({ hasText: 'The case was closed' })
  await story.waitFor({ timeout: 30_000 })
  const told = await story.innerText()
  for (const sentence of [
    'The risk engine flagged ¥7,587.00 with score 82.',
    'Agent One took the case.',
    'The payer’s phone rang (call 1).',
    'recorded the verdict on ¥7,587.00: It was the payer.',
    'The ledger confirmed: release ¥7,587.00.',
    'The case was closed: Confirmed by the payer.',
  ])
    expect(told).toContain(sentence)
  await supervisor.page.getByRole('button', { name: 'Verify the audit log' }).click()
  await supervisor.page.getByText('The audit log is intact').waitFor()
  expect(supervisor.complaints).toEqual([])
  expect(agent.complaints).toEqual([])
  await supervisor.close()

  await page.getByRole('button', { name: 'Take a break' }).click()
  await page.getByRole('menuitem', { name: 'Go offline' }).click()
  await page.getByText('You are offline').waitFor()
})

test('a payment that was not the payer’s is frozen, and the account restricted', async () => {
  const { page } = agent
  await agent.signIn(user('agent').email, user('agent').password)
  await page.getByRole('main').getByRole('button', { name: 'Go available' }).click()
  await page.getByText('Ready. The next case comes to you.').waitFor()
  const { paymentId } = await flag('denied')
  await page.getByRole('alertdialog').waitFor()
  await page.waitForTimeout(600)
  await page.keyboard.press('a')
  await page.getByText('On the line with the payer').waitFor({ timeout: 30_000 })
  await page.keyboard.press('2')
  await page.getByText('The money is frozen. The payer’s account is restricted at once.').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Money: Frozen. The ledger has confirmed it.').waitFor()
  expect(await fundsOf(paymentId)).toBe('frozen')
})

test('every page that anybody may open is without a serious finding, and without a word on the console', async () => {
  const found = await lookAtEveryPage(stack, browser)
  expect(Object.keys(found).length).toBeGreaterThan(30)
  expect(Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length > 0))).toEqual({})
}, 300_000)
