import { createPretendProduct, rightPassword, type PretendProduct } from './pretendProduct'
import { startDashboardBrowser, type DashboardBrowser, type OpenDashboard } from './openDashboard'

let browser: DashboardBrowser
let product: PretendProduct
let dashboard: OpenDashboard

beforeAll(async () => {
  browser = await startDashboardBrowser()
})
afterAll(() => browser.stop())

async function open(locale = 'en-GB', singleSignOn = false): Promise<void> {
  product = await createPretendProduct({ singleSignOn })
  dashboard = await browser.open(product.url, { locale })
}
afterEach(async () => {
  await dashboard.close()
  await product.close()
})

test('a wrong password is told, and the password is ready to be typed again', async () => {
  await open()
  const { page } = dashboard
  await page.getByLabel('E-mail').fill('agent@demo.example')
  await page.getByLabel('Password').fill('not it')
  await page.keyboard.press('Enter')
  await page.getByText('The e-mail address or the password is not right.').waitFor()
  await page.keyboard.type(rightPassword)
  await page.keyboard.press('Enter')
  await page.getByText('You are offline').waitFor()
})

test('a server that cannot be reached is told', async () => {
  await open()
  await dashboard.page.getByLabel('E-mail').waitFor()
  product.cutOff(true)
  await dashboard.page.getByLabel('E-mail').fill('agent@demo.example')
  await dashboard.page.getByLabel('Password').fill(rightPassword)
  await dashboard.page.keyboard.press('Enter')
  await dashboard.page.getByText('The server cannot be reached.').waitFor()
})

test('single sign-on leads to the identity provider, and a refusal is told in words', async () => {
  await open('en-GB', true)
  const { page } = dashboard
  await page.goto(`${product.url}/?sign-in=no_role`)
  await page.getByText('Your company account has no role in this call centre.').waitFor()
  await page.getByRole('button', { name: 'Sign in with your company account' }).click()
  await page.waitForURL('**/v1/session/single-sign-on')
})

test('a session that ended leads to the sign-in, and back to the same page', async () => {
  await open()
  await dashboard.page.goto(`${product.url}/histories?status=closed`)
  await dashboard.signIn('supervisor@demo.example')
  await dashboard.page.getByRole('heading', { name: 'Call histories' }).waitFor()
  product.signEverybodyOut()
  await dashboard.page.getByRole('button', { name: 'Verify the audit log' }).click()
  await dashboard.page.getByText('You were signed out.').waitFor()
  await dashboard.signIn('supervisor@demo.example')
  await dashboard.page.getByRole('heading', { name: 'Call histories' }).waitFor()
  expect(dashboard.page.url()).toContain('status=closed')
})

test('the browser’s language counts at first, a chosen one for ever after', async () => {
  await open('zh-CN')
  const { page } = dashboard
  await page.getByRole('heading', { name: '登录' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
})

test('an agent does not get to a supervisor’s pages', async () => {
  await open()
  await dashboard.page.goto(`${product.url}/histories`)
  await dashboard.signIn('agent@demo.example')
  await dashboard.page.getByText('There is no such page').waitFor()
})

test('the sign-in page leaves the console clean', async () => {
  await open()
  await dashboard.page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(dashboard.complaints).toEqual([])
})
