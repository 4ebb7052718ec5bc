import { readFileSync } from 'node:fs'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type InPage = { axe: { run(options: RunOptions): Promise<AxeResults> } }

/**
 * Rules of WCAG 2.2 A and AA that axe can check; every finding is told with the element that it is about.
 * Our pages have no frames, so axe runs in the page itself, is brought there once, and describes only what it
 * finds wrong.
 */
export async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  const violations = await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as InPage
    return (await axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations
  }, tags)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}
