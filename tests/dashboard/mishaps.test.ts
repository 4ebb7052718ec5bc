import type { Page } from 'playwright-core'
import { defaultPolicy } from '../../domain/policy'
import { eventually } from '../api/eventually'
import { sendHome } from '../api/flags'
import { flag, postFlag } from '../support/flag'
import { startStack, type Stack } from '../support/stack'
import { startDashboardBrowser, type DashboardBrowser, type OpenDashboard } from './openDashboard'

jest.setTimeout(120_000)

const patience = 30_000
let stack: Stack
let browser: DashboardBrowser
let open: OpenDashboard[] = []
let phone: string
let turns = 0

beforeAll(async () => {
  stack = await startStack({ policy: { offerSeconds: 4, wrapUpSeconds: 60, agentReturnSeconds: 1 }, softphoneGraceMs: 1_500 })
  browser = await startDashboardBrowser()
})
afterAll(async () => {
  await browser.stop()
  await stack.stop()
})
beforeEach(() => {
  // Another payer in each test, and in each second try of one.
  phone = `+86138000001${String(++turns).padStart(2, '0')}`
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close().catch(() => undefined)
  await sendHome(stack.db)
})

function account(number: number) {
  const found = stack.users.filter(({ role }) => role === 'agent')[number]
  if (!found) throw new Error(`there is no agent ${number}`)
  return found
}

/** An agent at the dashboard, available. */
async function available(number: number, at = browser): Promise<OpenDashboard> {
  const dashboard = await at.open(stack.api.url)
  open.push(dashboard)
  dashboard.page.setDefaultTimeout(patience)
  const { email, password } = account(number)
  await dashboard.signIn(email, password)
  await dashboard.page.getByRole('main').getByRole('button', { name: 'Go available' }).click()
  await ready(dashboard.page)
  return dashboard
}
const ready = (page: Page) => page.getByText('Ready. The next case comes to you.').waitFor()

/** Flags a payment of the payer, who answers and stays on the line. */
async function flagged(paymentId = `mishap-${turns}-1`): Promise<string> {
  await fetch(`${stack.simulator.url}/sim/phones/${encodeURIComponent(phone)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona: 'answers', answersAfterSeconds: 0, patienceSeconds: 3_600, says: [] }),
  })
  const { payer } = flag(paymentId)
  const answer = await postFlag(stack.api.url, stack.secrets.riskEngineKey, flag(paymentId, { payer: { ...payer, id: `payer-${phone.slice(1)}`, phones: [phone] } }))
  if (!answer.ok) throw new Error(`the flag was refused: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { caseId: string }).caseId
}
async function payerHeard(): Promise<string> {
  const calls = (await (await fetch(`${stack.simulator.url}/sim/phones/${encodeURIComponent(phone)}/calls`)).json()) as { transcript: { text: string }[] }[]
  return calls.flatMap(({ transcript }) => transcript.map(({ text }) => text)).join('\n')
}

async function accept(page: Page): Promise<void> {
  await page.getByRole('alertdialog').waitFor()
  // Longer than the grace in which a key is not yet an answer.
  await page.waitForTimeout(600)
  await page.keyboard.press('a')
}
async function onTheLine(page: Page): Promise<void> {
  await page.getByText('On the line with the payer').waitFor()
  await page.getByText('You: connected').waitFor()
}
async function finish(page: Page, verdict: string): Promise<void> {
  await page.keyboard.press(verdict)
  await page.keyboard.press('Control+Enter')
  await page.getByText('Every payment has its verdict.').waitFor()
  await page.keyboard.press('Alt+x')
  await page.keyboard.press('Alt+x')
  await page.getByRole('timer', { name: 'Wrap-up' }).waitFor()
  await page.keyboard.press('Alt+n')
  await ready(page)
}

test('an agent’s browser is killed in mid-call: the payer hears an announcement, a colleague goes on, and the verdict that was given stands', async () => {
  const doomed = await startDashboardBrowser()
  const { page } = await available(0, doomed)
  const caseId = await flagged()
  await accept(page)
  await onTheLine(page)
  await page.keyboard.press('2')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Money: Frozen. The ledger has confirmed it.').waitFor()
  await flagged(`mishap-${turns}-2`)
  await page.getByText('A further payment has joined this case.').waitFor()
  const colleague = await available(1)
  await doomed.crash()

  await colleague.page.getByRole('alertdialog').waitFor()
  expect(await payerHeard()).toContain('线路中断，请不要挂机')
  await eventually(async () => (await payerHeard()).includes('感谢您的耐心等待'))
  const [one, two] = [account(0), account(1)]
  expect(await stack.db.presence.findFirstOrThrow({ where: { user: { email: one.email } } })).toMatchObject({ status: 'offline', reason: 'connection_lost', caseId: null })
  await accept(colleague.page)
  await onTheLine(colleague.page)
  await colleague.page.getByText('Money: Frozen. The ledger has confirmed it.').waitFor()
  await finish(colleague.page, '1')
  const payments = await stack.db.flaggedPayment.findMany({ where: { caseId }, orderBy: { id: 'asc' } })
  const idOf = async (email: string) => `agent:${(await stack.db.staffUser.findUniqueOrThrow({ where: { email } })).id}`
  expect(payments.map(({ verdict, verdictBy }) => [verdict, verdictBy])).toEqual([
    ['not_owner', await idOf(one.email)],
    ['owner_confirmed', await idOf(two.email)],
  ])
  expect(await stack.db.attempt.count({ where: { caseId } })).toBe(1)
  expect(colleague.complaints).toEqual([])
})

test('two agents accept the same case at once: one has it, the other is told kindly', async () => {
  const slow = await available(0)
  const quick = await available(1)
  let letGo = () => {}
  const bothPressed = new Promise<void>((resolve) => (letGo = resolve))
  // The answer of the first is on its way for longer than the offer lasts, and arrives with the second's.
  for (const { page } of [slow, quick])
    await page.route('**/v1/desk/offers/*/accept', async (route) => {
      if (page === quick.page) letGo()
      await bothPressed
      await route.continue()
    })
  const caseId = await flagged()
  await accept(slow.page)
  await accept(quick.page)
  await slow.page.getByText('Another agent has this case.').waitFor()
  await onTheLine(quick.page)
  await eventually(async () => (await stack.db.offer.count({ where: { caseId, status: 'accepted' } })) === 1)
  expect(await stack.db.caseEvent.count({ where: { caseId, type: 'offer_accepted' } })).toBe(1)
  await slow.page.getByText('You did not answer an offer in time').waitFor()
  await finish(quick.page, '1')
})

test('a lost network in a call and a reload in wrap-up lose nothing: the call, the notes, the clock and the half-filled form go on', async () => {
  // This agent comes back, however slow the machine is.
  await stack.db.policy.create({ data: { body: { ...defaultPolicy, wrapUpSeconds: 120, agentReturnSeconds: 120 }, createdBy: 'system:test' } })
  const { page } = await available(0)
  const caseId = await flagged()
  await accept(page)
  await onTheLine(page)
  await page.context().setOffline(true)
  await page.getByText('Connection lost. Trying again by itself…').waitFor()
  await page.getByLabel('Notes on this case').fill('Written without a network.')
  await page.getByText('Not saved. Trying again').waitFor()
  await page.context().setOffline(false)
  await page.getByText('Connected again. Everything on this page is current.').waitFor()
  await onTheLine(page)
  await eventually(async () => (await stack.db.caseNote.findMany({ where: { caseId } })).some(({ text }) => text === 'Written without a network.'), patience)

  await page.keyboard.press('Alt+1')
  await page.keyboard.press('Alt+x')
  await page.keyboard.press('Alt+x')
  await page.getByRole('timer', { name: 'Wrap-up' }).waitFor()
  const until = async () => (await stack.db.presence.findFirstOrThrow({ where: { caseId } })).wrapUpUntil
  const before = await until()
  await page.reload()
  await page.getByRole('timer', { name: 'Wrap-up' }).waitFor()
  expect(await until()).toEqual(before)
  expect(await page.getByLabel('Notes on this case').inputValue()).toBe('Written without a network.')
  expect(await page.getByRole('radio', { name: 'It was the payer' }).isChecked()).toBe(true)
  await page.keyboard.press('Control+Enter')
  await page.getByText('Every payment has its verdict.').waitFor()
  await page.keyboard.press('Alt+n')
  await ready(page)
  expect(await stack.db.attempt.count({ where: { caseId } })).toBe(1)
})
