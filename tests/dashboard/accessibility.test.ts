import { findings } from './findings'
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

/** The findings on each of these pages, once it shows what it is waited for; three are looked at side by side. */
async function findingsOn(pages: readonly (readonly [path: string, shown: string | RegExp])[]): Promise<object> {
  const found: [string, string[]][] = []
  const left = [...pages]
  async function look(): Promise<void> {
    for (let next = left.shift(); next; next = left.shift()) {
      const [path, shown] = next
      const page = await dashboard.another(path)
      await (typeof shown === 'string' ? page.locator(shown).first() : page.getByText(shown)).waitFor()
      found.push([path, await findings(page)])
      await page.close()
    }
  }
  await Promise.all([look(), look(), look()])
  return Object.fromEntries(found)
}

/** What `findingsOn` tells of pages without a fault. */
const faultless = (pages: readonly (readonly [string, unknown])[]) => Object.fromEntries(pages.map(([path]) => [path, []]))

jest.setTimeout(90_000)

describe.each([
  ['en-GB', 'light'],
  ['zh-CN', 'dark'],
] as const)('%s, %s', (locale, colorScheme) => {
  beforeEach(async () => {
    product = await createPretendProduct({ singleSignOn: true })
    dashboard = await browser.open(product.url, { locale, colorScheme, reducedMotion: 'reduce' })
  })

  test('sign-in', async () => {
    await dashboard.page.locator('[name=email]').fill('agent@demo.example')
    await dashboard.page.keyboard.press('Enter')
    await dashboard.page.getByRole('alert').waitFor()
    expect(await findings(dashboard.page)).toEqual([])
  })

  test('the desk: waiting, offered, in a call, in wrap-up', async () => {
    const { page } = dashboard
    await dashboard.signIn('agent@demo.example')
    await page.getByRole('main').getByRole('button').first().waitFor()
    expect(await findings(dashboard.page)).toEqual([])

    const theCase = pretendCase()
    product.offer(theCase, pretendOffer(theCase, 60))
    await page.getByRole('alertdialog').waitFor()
    expect(await findings(dashboard.page)).toEqual([])

    await page.waitForTimeout(600)
    await page.keyboard.press('Enter')
    const moment = new Date().toISOString()
    product.setCall(pretendCall({ status: 'in_progress', rangAt: moment, answeredAt: moment, contactAt: moment }))
    product.edge.heard('payer', '喂？')
    await page.getByText('喂？').waitFor()
    await page.keyboard.press('3')
    expect(await findings(dashboard.page)).toEqual([])

    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await findings(dashboard.page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    product.setPresence(product.presenceOf('wrap_up', { caseId: theCase.caseId, wrapUpUntil: new Date(Date.now() + 30_000).toISOString() }))
    await page.locator('[role=timer] >> nth=0').waitFor()
    expect(await findings(dashboard.page)).toEqual([])
    expect(await findingsOn([['/reviews', 'section']])).toEqual({ '/reviews': [] })
  })

  test('wallboard, histories, a case', async () => {
    await dashboard.signIn('supervisor@demo.example')
    const pages = [
      ['/wallboard', 'table'],
      ['/histories', 'table'],
      ['/histories/case-closed', 'table'],
      ['/approvals', 'form'],
      ['/disclosures', 'dl'],
      ['/quality', 'table'],
      ['/quality/results', 'table'],
      ['/quality/scorecards', 'table'],
      ['/quality/reviews/review-1', 'form'],
      ['/quality/reviews/review-3', 'form'],
      ['/disputes', 'table'],
      ['/disputes/dispute-1', 'form'],
      ['/transfer-help?case=case-closed&payment=pay-1', 'form'],
      ['/transfer-help/help-1', 'form'],
      ['/histories?q=nothing', /No case matches|没有符合条件/],
    ] as const
    expect(await findingsOn(pages)).toEqual(faultless(pages))
  })
})
