import { AxeBuilder } from '@axe-core/playwright'
import { startApi, password, type RunningApi } from '../api/startApi'
import { setPresence } from '../../records/presence'
import { startDashboardBrowser, type DashboardBrowser, type OpenDashboard } from './openDashboard'

jest.setTimeout(120_000)
let running: RunningApi
let browser: DashboardBrowser
let open: OpenDashboard

beforeAll(async () => {
  running = await startApi()
  browser = await startDashboardBrowser()
  open = await browser.open(running.url)
  await open.signIn('supervisor-one@demo.example', password)
})
afterAll(async () => {
  await browser?.stop()
  await running?.stop()
})

test('a supervisor arranges a team, a skill and a queue, and sees what it will do before it is in force', async () => {
  const { page } = open
  await setPresence(running.db, 'agent-one', { status: 'available' })
  await page.getByRole('link', { name: 'Routing' }).click()
  await page.getByText('There is no queue yet.').waitFor()

  await page.getByRole('link', { name: 'Teams' }).click()
  await page.getByRole('button', { name: 'Make a team' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Large amounts')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('cell', { name: 'Large amounts', exact: true }).waitFor()

  await page.getByRole('link', { name: 'Skills' }).click()
  await page.getByRole('button', { name: 'Change: agent-one' }).click()
  await page.getByRole('textbox', { name: 'Skills' }).fill('disputes:3')
  await page.getByRole('checkbox', { name: 'Large amounts' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('cell', { name: 'disputes:3', exact: true }).waitFor()

  await page.getByRole('link', { name: 'Queues' }).click()
  await page.getByRole('button', { name: 'Make a queue' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('English, large')
  await page.getByRole('textbox', { name: 'Payer’s language' }).fill('en')
  await page.getByRole('textbox', { name: 'Skills with levels' }).fill('disputes:2')
  await page.getByRole('checkbox', { name: 'Large amounts' }).check()
  await page.getByRole('button', { name: 'Add a step' }).click()
  const form = await new AxeBuilder({ page }).analyze()
  expect(form.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByRole('heading', { name: 'Put this queue in force?' }).waitFor()
  const step = page.getByRole('row', { name: /^at once/ })
  expect(await step.textContent()).toBe('at once11')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Put this queue in force?' }).waitFor({ state: 'hidden' })
  await page.getByRole('cell', { name: 'English, large', exact: true }).waitFor()
  expect(await running.db.queue.findFirst({ where: { name: 'English, large' } })).toMatchObject({ languages: ['en'], active: true })

  await page.getByRole('button', { name: 'Change: English, large' }).click()
  await page.getByText('Earlier versions').click()
  await page.getByText(/Version 1, .*supervisor-one/).waitFor()
  expect(open.complaints).toEqual([])
})
