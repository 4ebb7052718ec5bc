import type { Page } from 'playwright-core'
import { startBrowser, type TestBrowser } from '../support/browser'
import { createWorld, ours, type World } from '../simulator/world'
import { energyWithin, hearsSomething, rememberConnections, soundOf } from './energy'

jest.setTimeout(90_000)

const payer = '+8613800000001'
const agent = '+8613900000001'
const supervisor = '+8613900000002'
let world: World
let browser: TestBrowser

beforeEach(async () => {
  world = await createWorld({ speed: 5 })
  browser = await startBrowser({ sound: true, locale: 'en-GB' })
  await rememberConnections(browser.context)
})
afterEach(async () => {
  await browser.stop()
  await world.close()
})

async function phonePage(number: string): Promise<Page> {
  const page = await browser.context.newPage()
  await page.goto(`${world.url}/phone/?number=${encodeURIComponent(number)}`)
  await page.getByRole('button', { name: 'Take this phone' }).click()
  await page.getByText('Waiting for a call').waitFor()
  return page
}
const invite = async (to: string, more: object = {}) =>
  (await world.client.conferences('room').participants.create({ to, from: ours, timeout: 120, ...more })).callSid

test('a coach is heard by the coached one alone', async () => {
  const [li, one, boss] = [await phonePage(payer), await phonePage(agent), await phonePage(supervisor)]
  await invite(payer)
  const coached = await invite(agent)
  for (const page of [li, one]) await page.getByRole('button', { name: 'Answer' }).click()
  await Promise.all([hearsSomething(li), hearsSomething(one)])
  await invite(supervisor, { coaching: true, callSidToCoach: coached })
  await boss.getByRole('button', { name: 'Answer' }).click()
  await hearsSomething(boss)

  // With the payer silent, the agent hears the coach, and the payer hears neither.
  const [room] = await world.client.conferences.list({ friendlyName: 'room', status: 'in-progress' })
  const seats = await world.client.conferences(room!.sid).participants.list()
  const mute = (callSid: string, muted: boolean) => world.client.conferences(room!.sid).participants(callSid).update({ muted })
  for (const { callSid, coaching } of seats) if (!coaching) await mute(callSid, true)
  await hearsSomething(one)
  expect(await energyWithin(li, 2_000)).toBeLessThan(1e-5)
})

test('who refuses the microphone answers all the same, and talks by text', async () => {
  await browser.context.addInitScript(() => {
    const { mediaDevices } = (globalThis as unknown as { navigator: { mediaDevices: { getUserMedia: () => Promise<never> } } }).navigator
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
  })
  const page = await phonePage(payer)
  await invite(payer)
  await page.getByRole('button', { name: 'Answer' }).click()
  await page.getByText('The microphone was not allowed: you are in this call by text.').waitFor()
  await page.getByRole('textbox', { name: 'What you say' }).fill('It was me')
  await page.getByRole('button', { name: 'Say it' }).click()
  await page.getByText('It was me').waitFor()
  await page.getByRole('button', { name: 'Talk with the microphone' }).waitFor()
})

test('a page that is loaded again in the middle of a talk has its sound back', async () => {
  const [li, one] = [await phonePage(payer), await phonePage(agent)]
  await Promise.all([invite(payer), invite(agent)])
  for (const page of [li, one]) await page.getByRole('button', { name: 'Answer' }).click()
  await Promise.all([hearsSomething(li), hearsSomething(one)])
  await li.reload()
  await Promise.all([hearsSomething(li), hearsSomething(one)])
  expect([(await soundOf(li)).connected, (await soundOf(one)).connected]).toEqual([1, 1])
})

test('rings until it is declined', async () => {
  const page = await phonePage(payer)
  await page.evaluate(() => {
    const inPage = globalThis as unknown as { rang: number; OscillatorNode: { prototype: { start(): void } } }
    const { start } = inPage.OscillatorNode.prototype
    inPage.rang = 0
    inPage.OscillatorNode.prototype.start = function (this: object) {
      inPage.rang++
      start.call(this)
    }
  })
  const rang = () => page.evaluate(() => (globalThis as unknown as { rang: number }).rang)
  const sid = await invite(payer)
  await page.getByRole('button', { name: 'Decline' }).waitFor()
  expect(await rang()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Decline' }).click()
  await page.getByText('The call has ended').waitFor()
  expect((await world.client.calls(sid).fetch()).status).toBe('busy')
  const before = await rang()
  await page.waitForTimeout(3_500)
  expect(await rang()).toBe(before)
})
