import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { open } from '../support/leaks'
import { infrastructure } from '../support/shared'
import { rightPassword } from './pretendProduct'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface DashboardBrowser {
  newContext: Browser['newContext']
  /** The sign-in page, as somebody sees it who was never here before. */
  open(url: string, options?: BrowserContextOptions): Promise<OpenDashboard>
  /** As when the machine runs out of memory: the process dies at once, and no page hears of it. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export interface OpenDashboard {
  page: Page
  /** What the browser's console said that nobody wants to read there. */
  complaints: string[]
  signIn(email: string, password?: string): Promise<void>
  /** One more page of the same person, at this path. */
  another(path: string): Promise<Page>
  close(): Promise<void>
}

/** One Chromium for a test file; starting one for each test takes longer than the tests. */
export async function startDashboardBrowser(more: string[] = []): Promise<DashboardBrowser> {
  const found = infrastructure().browser
  if ('failure' in found) throw new Error(found.failure)
  const browser: Browser = await chromium.launch({ executablePath: found.path, headless: true, args: [...quiet, ...more] })
  const registered = open('a browser')
  return {
    newContext: (options) => browser.newContext(options),
    async open(url, options) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      const complaints: string[] = []
      const listenTo = (each: Page) => {
        each.on('console', (message) => {
          if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} (${message.location().url})`)
        })
        each.on('pageerror', (error) => complaints.push(error.message))
      }
      listenTo(page)
      await page.goto(url)
      return {
        page,
        complaints,
        async signIn(email, password = rightPassword) {
          await page.locator('[name=email]').fill(email)
          await page.locator('[name=password]').fill(password)
          await page.keyboard.press('Enter')
          await page.locator('#content').waitFor()
        },
        async another(path) {
          const next = await context.newPage()
          next.setDefaultTimeout(60_000)
          listenTo(next)
          await next.goto(new URL(path, url).href)
          return next
        },
        close: () => context.close(),
      }
    },
    async crash() {
      const gone = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()))
      // Whoever dies does not answer.
      void browser.newBrowserCDPSession().then((session) => session.send('Browser.crash')).catch(() => undefined)
      await gone
      registered.closed()
    },
    async stop() {
      await browser.close()
      registered.closed()
    },
  }
}

/** Waits for something that the product, not the page, shows. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`it did not come about: ${holds.toString()}`)
}
