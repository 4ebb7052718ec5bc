import { AxeBuilder } from '@axe-core/playwright'
import { pretendCall, pretendCase, pretendOffer } from './pretendCase'
import { createPretendProduct, type PretendProduct } from './pretendProduct'
import { startDashboardBrowser, type DashboardBrowser, type OpenDashboard } from './openDashboard'

let browser: DashboardBrowser
let product: PretendProduct
let dashboard: OpenDashboard

beforeAll(async () => {
  browser = await startDashboardBrowser()
})
afterAll(() => browser.stop())

afterEach(async () => {
  await dashboard.close()
  await product.close()
})

/** Rules of WCAG 2.2 A and AA that axe can check; every finding is told with the element that it is about. */
async function findings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: dashboard.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}

jest.setTimeout(90_000)

describe.each([
  ['en-GB', 'light'],
  ['zh-CN', 'dark'],
] as const)('%s, %s', (locale, colorScheme) => {
  beforeEach(async () => {
    product = await createPretendProduct()
    dashboard = await browser.open(product.url, { locale, colorScheme, reducedMotion: 'reduce' })
  })

  test('sign-in', async () => {
    await dashboard.page.locator('[name=email]').fill('agent@demo.example')
    await dashboard.page.keyboard.press('Enter')
    await dashboard.page.getByRole('alert').waitFor()
    expect(await findings()).toEqual([])
  })

  test('the desk: waiting, offered, in a call, in wrap-up', async () => {
    const { page } = dashboard
    await dashboard.signIn('agent@demo.example')
    await page.getByRole('main').getByRole('button').first().waitFor()
    expect(await findings()).toEqual([])

    const theCase = pretendCase()
    product.offer(theCase, pretendOffer(theCase, 60))
    await page.getByRole('alertdialog').waitFor()
    expect(await findings()).toEqual([])

    await page.waitForTimeout(600)
    await page.keyboard.press('Enter')
    const moment = new Date().toISOString()
    product.setCall(pretendCall({ status: 'in_progress', rangAt: moment, answeredAt: moment, contactAt: moment }))
    product.edge.heard('payer', '喂？')
    await page.getByText('喂？').waitFor()
    await page.keyboard.press('3')
    expect(await findings()).toEqual([])

    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await findings()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    product.setPresence(product.presenceOf('wrap_up', { caseId: theCase.caseId, wrapUpUntil: new Date(Date.now() + 30_000).toISOString() }))
    await page.locator('[role=timer] >> nth=0').waitFor()
    expect(await findings()).toEqual([])
  })

  test('wallboard, histories, a case', async () => {
    await dashboard.signIn('supervisor@demo.example')
    const { page } = dashboard
    for (const [path, shown] of [
      ['/wallboard', page.getByRole('table')],
      ['/histories', page.getByRole('table')],
      ['/histories/case-closed', page.getByRole('table')],
      ['/dialling', page.getByRole('table')],
      ['/histories?q=nothing', page.getByText(/No case matches|没有符合条件/)],
    ] as const) {
      await page.goto(product.url + path)
      await shown.waitFor()
      expect(await findings()).toEqual([])
    }
  })

  test('administration', async () => {
    await dashboard.signIn('admin@demo.example')
    for (const tab of ['policy', 'users', 'keys', 'events']) {
      await dashboard.page.goto(`${product.url}/admin/${tab}`)
      await dashboard.page.locator('#content :is(table, section, fieldset)').first().waitFor()
      expect(await findings()).toEqual([])
    }
  })
})
