import { randomUUID } from 'node:crypto'
import { startApi, password, type RunningApi } from '../api/startApi'
import { setPresence } from '../../records/presence'
import { findings } from './findings'
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
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('cell', { name: 'Large amounts', exact: true }).waitFor()

  await page.getByRole('link', { name: 'Skills' }).click()
  await page.getByRole('button', { name: 'Change: agent-one' }).click()
  await page.getByRole('textbox', { name: 'Skills' }).fill('disputes:3')
  await page.getByRole('checkbox', { name: 'Large amounts' }).check()
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByRole('row', { name: 'Skills disputes:3' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('cell', { name: 'disputes:3', exact: true }).waitFor()

  await page.getByRole('link', { name: 'Queues' }).click()
  await page.getByRole('button', { name: 'Make a queue' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('English, large')
  await page.getByRole('textbox', { name: 'Payer’s language' }).fill('en')
  await page.getByRole('textbox', { name: 'Skills with levels' }).fill('disputes:2')
  await page.getByRole('checkbox', { name: 'Large amounts' }).check()
  await page.getByRole('button', { name: 'Add a step' }).click()
  expect(await findings(page)).toEqual([])
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

test('compliance changes a script: a wrong placeholder is named, the preview tells what is heard, and it is in force', async () => {
  const desk = await browser.open(running.url)
  try {
    const { page } = desk
    await desk.signIn('compliance-one@demo.example', password)
    await page.goto(new URL('/rules', running.url).href)
    await page.getByRole('button', { name: 'Open: callback, English' }).click()
    const opening = page.getByRole('textbox', { name: 'Opening' })
    await opening.fill('Hello {payer}, you paid {amount}.')
    await page.getByRole('button', { name: 'Review and save' }).click()
    await page.getByText(/^\{amount\} may not be told here/).waitFor()
    await opening.fill('Good day {payer}, {agent} calls for your bank.')
    await page.getByRole('button', { name: 'Review and save' }).click()
    await page.getByRole('heading', { name: 'Put this script in force?' }).waitFor()
    await page.getByText('Good day Mr Li, Wang calls for your bank.', { exact: true }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Put in force' }).click()
    await page.getByRole('heading', { name: 'Put this script in force?' }).waitFor({ state: 'hidden' })
    await page.getByText('Earlier versions').click()
    await page.getByText(/Version 1, .*compliance-one/).waitFor()

    await page.getByRole('link', { name: 'Caller numbers' }).click()
    await page.getByRole('button', { name: 'Add a number' }).click()
    await page.getByRole('textbox', { name: 'Number' }).fill('+86 138 0000 0099')
    await page.getByRole('textbox', { name: 'Payer’s country' }).fill('cn')
    await page.getByRole('checkbox', { name: 'The provider has confirmed' }).check()
    await page.getByRole('button', { name: 'Review and save' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('row', { name: /\+8613800000099 China any in use/ }).waitFor()

    await page.goto(new URL('/playbook', running.url).href)
    await page.getByRole('button', { name: 'Add an answer: Question 1' }).click()
    await page.getByRole('button', { name: 'Move up: Answer 6' }).first().press('Enter')
    await page.getByRole('textbox', { name: 'The payer says · English' }).nth(4).fill('A stranger told me to')
    await page.getByRole('textbox', { name: 'The payer says · Chinese' }).nth(4).fill('陌生人让我付的')
    await page.getByRole('button', { name: 'Review and save' }).click()
    await page.getByText('expected either the next question or a scam', { exact: true }).waitFor()
    await page.getByRole('combobox', { name: 'Leads to' }).nth(4).selectOption({ label: 'Another kind' })
    await page.getByRole('region', { name: 'As the agent sees it' }).getByRole('button', { name: 'A stranger told me to' }).click()
    await page.getByRole('region', { name: 'As the agent sees it' }).getByText('Likely: Another kind').waitFor()
    await page.getByRole('button', { name: 'Review and save' }).click()
    await page.getByRole('row', { name: 'Question 1 – Answer 5 – English' }).getByText('A stranger told me to').waitFor()
    await page.getByRole('button', { name: 'Put in force' }).click()
    await page.getByText('Version 1 is in force.').waitFor()
    // A refused preview is logged by the browser itself.
    expect(desk.complaints.filter((text) => !text.includes('422'))).toEqual([])
  } finally {
    await desk.close()
  }
})

test('an administrator invites somebody, who chooses a password and is at the desk', async () => {
  // Of this try alone.
  const name = `Nine ${randomUUID().slice(0, 8)}`
  const office = await browser.open(running.url)
  const home = await browser.open(running.url)
  try {
    await office.signIn('admin-one@demo.example', password)
    const { page } = office
    await page.goto(new URL('/admin/users', running.url).href)
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(`${name.replace(' ', '.')}@demo.example`)
    await page.getByRole('button', { name: 'Review and save' }).click()
    await page.getByText('They are let in once they have chosen a password').waitFor()
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    const link = await page.locator('code').textContent()
    await page.getByRole('button', { name: 'I have put it away' }).click()

    const { pathname, hash } = new URL(link!)
    await home.page.goto(new URL(pathname + hash, running.url).href)
    await home.page.getByText(`Welcome, ${name}.`).waitFor()
    await home.page.getByLabel('Password').fill('four words of mine')
    await home.page.getByLabel('Once more').fill('four words of mine')
    await home.page.getByRole('button', { name: 'Choose it and sign in' }).click()
    // At the desk, signed in: once in the bar, once on the page.
    await home.page.getByRole('button', { name: 'Go available' }).first().waitFor()
  } finally {
    await Promise.all([office.close(), home.close()])
  }
})
