import path from 'node:path'
import type { BrowserContextOptions } from 'playwright-core'
import { createPretendProduct } from '../dashboard/pretendProduct'
import { startDashboardBrowser, type DashboardBrowser } from '../dashboard/openDashboard'
import { pictures } from './pictures'

// `npm run screenshots [-- -t name]`: makes the pictures of docs/screenshots that need no telephone, from a product held still.

jest.setTimeout(120_000)

let browser: DashboardBrowser
beforeAll(async () => {
  browser = await startDashboardBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
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
      // Of two windows one has the desk: the first.
      if (at !== '/desk') page = await dashboard.another(at)
      page.setDefaultTimeout(20_000)
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
