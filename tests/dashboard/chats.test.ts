import type { Presence } from '../../dashboard/src/api/desk'
import type { CaseView } from '../../dashboard/src/api/caseView'
import { defaultPlaybook } from '../../domain/reminder/defaultPlaybook'
import { startDashboardBrowser, type DashboardBrowser, type OpenDashboard } from './openDashboard'
import { pretendCase, pretendDeskCase, pretendOffer } from './pretendCase'
import { createPretendProduct, type PretendProduct } from './pretendProduct'

let browser: DashboardBrowser
let product: PretendProduct
let dashboard: OpenDashboard
beforeAll(async () => {
  browser = await startDashboardBrowser()
})
beforeEach(async () => {
  product = await createPretendProduct()
})
afterEach(async () => {
  await dashboard.close()
  await product.close()
})
afterAll(() => browser.stop())

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
const names: Readonly<Record<string, string>> = { 'chat-1': '张先生', 'chat-2': '王女士', 'chat-3': '李先生' }
const nameOf = (caseId: string) => names[caseId] ?? caseId

function chatCase(caseId: string): CaseView {
  const check: NonNullable<CaseView['check']> = {
    paymentId: `pay-${caseId}`, amount: { amount: 19_000_000, currency: 'CNY' }, method: 'transfer', payee: { id: 'goddess-520', name: '林女士' }, openedAt: ago(90),
    score: 80, scoreAfter: null, reasons: [{ id: 'first_payee', reason: 'never paid before' }], decision: 'paused', phase: 'help', plan: 'cooling_off', until: null,
    helpChannel: 'chat', outcome: null, scamType: null, ending: null, fundsState: 'held', trustedContact: null, trustedAnswer: null,
  }
  const { payer } = pretendCase()
  return pretendCase({ caseId, kind: 'answer_reminder', status: 'talking', payments: [], check, payer: { ...payer, name: nameOf(caseId) } })
}

const chat = (caseId: string, part: Partial<Presence['chats'][number]> = {}): Presence['chats'][number] => ({
  caseId, payerName: nameOf(caseId), locale: 'zh-CN', since: ago(80), wrapUpUntil: null, wrapUpExtended: false, payerSpokeAt: ago(20), lastFromPayer: '1', unanswered: 0, ...part,
})

test('writing in one chat while another one is written to and a third is offered: nothing moves, Enter sends, and each draft stays with its chat', async () => {
  dashboard = await browser.open(product.url)
  const { page } = dashboard
  await page.route('**/v1/playbook', (route) => route.fulfill({ json: { version: 1, body: defaultPlaybook } }))
  await page.route(/\/v1\/desk\/cases\/chat-\d$/, (route) => route.fulfill({ json: pretendDeskCase(chatCase(route.request().url().slice(-6))) }))
  const written: string[] = []
  await page.route(/\/messages$/, async (route) => {
    const caseId = /chat-\d/.exec(route.request().url())![0]
    const said = { id: '1', at: ago(20), by: 'payer', text: `I am ${nameOf(caseId)}` }
    if (route.request().method() === 'GET') return route.fulfill({ json: { messages: [said] } })
    written.push(`${caseId}: ${(route.request().postDataJSON() as { text: string }).text}`)
    return route.fulfill({ status: 201, json: { ...said, id: '9', by: 'agent' } })
  })
  const third = pretendOffer(chatCase('chat-3'), 60)
  let accepted = 0
  await page.route(/\/accept$/, (route) => ((accepted += 1), route.fulfill({ json: { offer: third, case: chatCase('chat-3') } })))
  await dashboard.signIn('agent@demo.example')
  const busy = product.presenceOf('busy', { caseId: 'chat-1', chats: [chat('chat-1'), chat('chat-2')] })
  product.setPresence(busy)

  const strip = page.getByRole('navigation', { name: /Your chats/ })
  await strip.getByRole('button', { name: /张先生/ }).waitFor()
  const field = page.getByRole('textbox', { name: 'Write to the payer' })
  await page.getByText('I am 张先生').waitFor()
  await field.fill('Have you met her?')
  const before = await field.boundingBox()

  product.setPresence({ ...busy, status: 'offered', caseId: 'chat-3', offer: third, chats: [chat('chat-1'), chat('chat-2', { unanswered: 2, lastFromPayer: '8', payerSpokeAt: ago(75) })] })
  await strip.getByRole('region', { name: 'Another chat is offered' }).waitFor()
  await strip.getByText('2 not read').waitFor({ state: 'attached' })
  expect(await field.boundingBox()).toEqual(before)
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
  // Longer than the grace in which a key is not yet an answer.
  await page.waitForTimeout(600)
  const sent = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/messages'))
  await page.keyboard.press('Enter')
  await sent
  expect([written, accepted]).toEqual([['chat-1: Have you met her?'], 0])

  await page.keyboard.type('Please wait, a')
  await page.keyboard.press('Alt+j')
  await page.getByText('I am 王女士').waitFor()
  await strip.getByText('2 not read').waitFor({ state: 'detached' })
  await page.keyboard.type('Hello')
  expect(await field.inputValue()).toBe('Hello')
  await page.keyboard.press('Alt+k')
  await page.getByText('I am 张先生').waitFor()
  expect(await field.inputValue()).toBe('Please wait, a')

  const answered = page.waitForResponse(/\/accept$/)
  await page.keyboard.press('Alt+a')
  await answered
  product.setPresence({ ...busy, chats: [chat('chat-1'), chat('chat-2'), chat('chat-3', { payerSpokeAt: null, lastFromPayer: null })] })
  await strip.getByRole('button', { name: /李先生/ }).waitFor()
  // What the agent writes stays on the screen; the third waits in its place.
  expect([await field.inputValue(), accepted]).toEqual(['Please wait, a', 1])

  product.setPresence({ ...busy, chats: [chat('chat-1', { wrapUpUntil: new Date(Date.now() + 30_000).toISOString() }), chat('chat-2')] })
  await page.route(/\/v1\/desk\/chats\/chat-1$/, (route) => {
    const left = { ...busy, caseId: 'chat-2', chats: [chat('chat-2')] }
    product.setPresence(left)
    return route.fulfill({ json: left })
  })
  await page.getByRole('button', { name: /Done/ }).waitFor()
  await page.keyboard.press('Alt+n')
  await page.getByText('I am 王女士').waitFor()
  expect(await field.inputValue()).toBe('Hello')
  expect(dashboard.complaints).toEqual([])
})
