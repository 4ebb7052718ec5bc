import path from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { pretendCall, pretendCase } from '../dashboard/pretendCase'
import { createPretendProduct, type PretendProduct } from '../dashboard/pretendProduct'
import { startDashboardBrowser, type DashboardBrowser } from '../dashboard/openDashboard'

// `npm run screenshots`: makes the pictures of docs/screenshots that need no telephone, from a product held still.

jest.setTimeout(120_000)

interface Picture {
  name: string
  /** Undefined: the sign-in page. */
  role?: 'agent' | 'supervisor' | 'compliance' | 'admin'
  path?: string
  chinese?: boolean
  dark?: boolean
  width?: number
  /** Brings the page to where it is worth a picture. */
  pose?(page: Page, product: PretendProduct): Promise<void>
}

const moment = () => new Date(Date.now() - 42_000).toISOString()
const onTheLine = () => pretendCall({ status: 'in_progress', rangAt: moment(), answeredAt: moment(), contactAt: moment() })

async function inTalk(page: Page, product: PretendProduct, more: Partial<ReturnType<typeof onTheLine>> = {}): Promise<void> {
  const theCase = pretendCase()
  product.setCase(theCase)
  product.setPresence(product.presenceOf('busy', { caseId: theCase.caseId }))
  product.setCase(theCase)
  product.setCall({ ...onTheLine(), ...more })
  await page.locator('[data-word=onTheLine]').waitFor()
}

const pictures: Picture[] = [
  { name: 'sign-in', chinese: false },
  { name: 'sign-in-zh-dark', chinese: true, dark: true },
  {
    name: 'desk-help',
    role: 'agent',
    pose: (page, product) => inTalk(page, product, { help: { reason: 'Asks for my superior', askedAt: moment(), answeredBy: 'Supervisor One' }, supervisor: { name: 'Supervisor One', mode: 'whisper' } }),
  },
  {
    name: 'desk-transfer-zh-dark',
    role: 'agent',
    chinese: true,
    dark: true,
    pose: (page, product) =>
      inTalk(page, product, {
        transfer: { state: 'consulting', from: { id: 'agent-1', name: 'Agent One' }, to: { id: 'agent-2', name: 'Agent Two' }, note: null },
      }),
  },
  { name: 'desk-recording-paused', role: 'agent', pose: (page, product) => inTalk(page, product, { recording: { paused: true, pausedAt: moment() } }) },
  { name: 'wallboard', role: 'supervisor', path: '/wallboard', width: 1280 },
  { name: 'dialling-zh-dark', role: 'supervisor', path: '/dialling', chinese: true, dark: true, width: 1280 },
  { name: 'users', role: 'admin', path: '/admin/users' },
  { name: 'api-keys-zh-dark', role: 'admin', path: '/admin/keys', chinese: true, dark: true },
  { name: 'outgoing-events', role: 'admin', path: '/admin/events' },
  {
    name: 'error-zh',
    role: 'supervisor',
    path: '/approvals',
    chinese: true,
    pose: async (page, product) => {
      product.fail('GET /v1/approvals?status=open&limit=200', 503)
      await page.reload()
      await page.locator('#content [role=alert]').first().waitFor({ timeout: 60_000 })
    },
  },
]

let browser: DashboardBrowser
beforeAll(async () => {
  browser = await startDashboardBrowser()
})
afterAll(() => browser.stop())

test.each(pictures)('$name', async ({ name, role, path: at = '/desk', chinese, dark, width = 1440, pose }) => {
  const product = await createPretendProduct({ singleSignOn: role === undefined })
  const options: BrowserContextOptions = {
    viewport: { width, height: 900 },
    locale: chinese ? 'zh-CN' : 'en-GB',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  }
  const dashboard = await browser.open(product.url, options)
  try {
    let { page } = dashboard
    if (role) {
      await dashboard.signIn(`${role}@demo.example`)
      page = await dashboard.another(at)
      await page.setViewportSize({ width, height: 900 })
      await page.locator('#content :is(h1, h2)').first().waitFor({ state: 'attached' })
      await page.locator('[data-loading]').first().waitFor({ state: 'detached' })
    }
    await pose?.(page, product)
    await page.waitForTimeout(300)
    await page.screenshot({ path: path.join(__dirname, '../../docs/screenshots', `${name}.png`) })
  } finally {
    await dashboard.close()
    await product.close()
  }
})
