import { startBrowser, type TestBrowser } from '../support/browser'

let browser: TestBrowser

beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.stop())

test('a test can open a page in a browser of its own', async () => {
  const page = await browser.context.newPage()
  await page.goto('data:text/html,<title>Hello</title>')
  expect(await page.title()).toBe('Hello')
})
