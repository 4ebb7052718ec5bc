import type { Page as BrowserPage } from 'playwright-core'
import { pagesOf, type Page } from '../../dashboard/src/shell/pages'
import { roles, type Role } from '../../domain/roles'
import type { Stack } from '../support/stack'
import { findings } from './findings'
import type { DashboardBrowser } from './openDashboard'

const sideBySide = 3
const looks = [
  ['light', 'English'],
  ['dark', '简体中文'],
] as const

/** Each page once, with the first role that may open it. */
function pagesByRole(): [Role, Page[]][] {
  const seen = new Set<Page>()
  return roles.map((role) => [
    role,
    pagesOf(role).filter((page) => {
      if (seen.has(page)) return false
      seen.add(page)
      return true
    }),
  ])
}

/** The page shows what it has to show; with its tabs, if it has any. */
async function shown(page: BrowserPage): Promise<string[]> {
  await page.locator('#content :is(h1, h2)').first().waitFor({ state: 'attached' })
  await page.locator('#content').waitFor()
  for (let busy = true; busy; busy = (await page.locator('#content [data-loading]').count()) > 0) await page.waitForTimeout(50)
  return page.locator('#content nav a').evaluateAll((links) => links.map((link) => (link as unknown as { pathname: string }).pathname))
}

/** Two frames on, with every colour where it goes: what changes with the language and the theme has changed. */
async function settled(page: BrowserPage): Promise<void> {
  await page.evaluate(async () => {
    const inPage = globalThis as unknown as { requestAnimationFrame(then: () => void): void; document: { getAnimations(): { finished: Promise<unknown> }[] } }
    for (let frames = 0; frames < 2; frames++) await new Promise<void>((resolve) => inPage.requestAnimationFrame(resolve))
    await Promise.allSettled(inPage.document.getAnimations().map(({ finished }) => finished))
  })
}

/**
 * Opens whatever anybody may open, tab by tab, in both languages and both themes, without naming a page: one that is
 * added to the dashboard is looked at too.
 * @returns what axe found serious and what the console said, by page; pages without a fault have an empty list
 */
export async function lookAtEveryPage(stack: Stack, browser: DashboardBrowser): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [role, pages] of pagesByRole()) {
    const dashboard = await browser.open(stack.api.url, { reducedMotion: 'reduce' })
    const account = stack.users.find((user) => user.role === role)
    if (!account) throw new Error(`no demo account is ${role}`)
    await dashboard.signIn(account.email, account.password)
    const left = pages.map((page) => `/${page}`)
    const known = new Set(left)
    const look = async () => {
      for (let path = left.shift(); path; path = left.shift()) {
        const page = await dashboard.another(path)
        const tabs = (await shown(page)).filter((tab) => tab.startsWith(`${path}/`) && !known.has(tab))
        for (const tab of tabs) known.add(tab)
        left.push(...tabs)
        for (const [colorScheme, language] of looks) {
          await page.emulateMedia({ colorScheme })
          await page.getByRole('group', { name: /^(Language|语言)$/ }).getByRole('button', { name: language, exact: true }).click()
          await settled(page)
          found[`${path} in ${language}`] = await findings(page)
        }
        await page.close()
      }
    }
    await Promise.all(Array.from({ length: sideBySide }, look))
    found[`the console of ${role}`] = dashboard.complaints
    await dashboard.close()
  }
  return found
}
