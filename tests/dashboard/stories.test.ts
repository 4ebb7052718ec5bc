import { answerReminder } from '../../stories/answerReminder'
import { createStage } from '../../stories/stage'
import { startStack, type Stack } from '../support/stack'
import { startDashboardBrowser, type DashboardBrowser } from './openDashboard'

jest.setTimeout(120_000)

let stack: Stack
let browser: DashboardBrowser

beforeAll(async () => void ([stack, browser] = await Promise.all([startStack(), startDashboardBrowser()])))
afterAll(async () => {
  await browser.stop()
  await stack.stop()
})

// The other stories are lived through by `npm run stories`.
test('the man who is about to send 190,000 yuan writes with an agent, and keeps his money', async () => {
  const pictures: string[] = []
  const place = {
    browser,
    baseUrl: stack.api.url,
    simulatorUrl: stack.simulator.url,
    riskEngineKey: stack.secrets.riskEngineKey,
    password: stack.secrets.password,
  }
  const stage = createStage(place, 'zh-CN', (name) => pictures.push(name))
  await answerReminder(stage)
  expect(pictures).toEqual(['paused-zh', 'chat-zh', 'desk-zh', 'cancelled-zh'].map((what, index) => `story-reminder-${index + 1}-${what}.png`))
  await stage.close()
})
