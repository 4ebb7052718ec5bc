import type { Page } from 'playwright-core'
import { startBrowser, type TestBrowser } from '../support/browser'
import { flag, postFlag } from '../support/flag'
import { startStack, type Stack } from '../support/stack'
import { rememberConnections } from './energy'

export const payersPhone = '+8613800000001'

export interface Scene {
  stack: Stack
  /** The dashboard of Agent One, in a browser process of its own. */
  agent: Page
  /** The phone page, in another. */
  payer: Page
  /** What either console said that nobody wants to read there. */
  complaints: string[]
  /** Flags a payment, takes the offer, answers the phone: both are in the call. */
  talk(paymentId: string): Promise<void>
  close(): Promise<void>
}

interface InPage {
  navigator: { mediaDevices: { getUserMedia(wish: unknown): Promise<unknown> } }
  sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void; removeItem(key: string): void }
}

function letRefuse(): void {
  const { navigator, sessionStorage } = globalThis as unknown as InPage
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = (wish) =>
    sessionStorage.getItem('refuse') ? Promise.reject(new DOMException('Permission denied', 'NotAllowedError')) : real(wish)
}

/** Says no, or no longer, when the page asks for the microphone. */
export async function refuseMicrophone(page: Page, refuse: boolean): Promise<void> {
  await page.evaluate((no) => {
    const { sessionStorage } = globalThis as unknown as InPage
    if (no) sessionStorage.setItem('refuse', 'yes')
    else sessionStorage.removeItem('refuse')
  }, refuse)
}

/** The whole product with an agent at the dashboard and somebody at the phone page. */
export async function setScene(): Promise<Scene> {
  const browsers: TestBrowser[] = []
  const complaints: string[] = []
  // Real rings and announcements, only somewhat faster: a page must have the time to answer.
  const stack = await startStack({ simulatorSpeed: 3 })

  async function open(url: string): Promise<Page> {
    const browser = await startBrowser({ sound: true, locale: 'en-GB', viewport: { width: 1440, height: 900 } })
    browsers.push(browser)
    await rememberConnections(browser.context)
    await browser.context.addInitScript(letRefuse)
    const page = browser.context.pages()[0] ?? (await browser.context.newPage())
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(url)
    return page
  }
  const close = async () => {
    await Promise.all(browsers.map((browser) => browser.stop()))
    await stack.stop()
  }

  try {
    const [agent, payer] = await Promise.all([open(stack.api.url), open(`${stack.simulator.url}/phone/?number=${encodeURIComponent(payersPhone)}`)])
    await payer.getByRole('button', { name: 'Take this phone' }).click()
    await payer.getByText('Waiting for a call').waitFor()
    const { email, password } = stack.users[0]!
    await agent.locator('[name=email]').fill(email)
    await agent.locator('[name=password]').fill(password)
    await agent.keyboard.press('Enter')
    await agent.getByRole('main').getByRole('button', { name: 'Go available' }).click()

    return {
      stack,
      agent,
      payer,
      complaints,
      close,
      async talk(paymentId) {
        const answer = await postFlag(stack.api.url, stack.secrets.riskEngineKey, flag(paymentId))
        if (!answer.ok) throw new Error(`the flag was refused: ${answer.status} ${await answer.text()}`)
        await agent.getByRole('alertdialog').waitFor()
        // Longer than the grace in which a key is not yet an answer.
        await agent.waitForTimeout(600)
        await agent.keyboard.press('a')
        await payer.getByRole('button', { name: 'Answer' }).click()
        await payer.getByText('You are talking with sound.').waitFor()
        await agent.getByText('Sound is connected.').waitFor()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
