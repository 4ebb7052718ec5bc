import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { StartFailure } from './failure'

const run = promisify(execFile)
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * Finds a Chromium for the browser tests, and gets one when there is none: CHROMIUM_PATH, the system's,
 * Playwright's own; then Playwright's download; then, for root on Debian and its kin, the system's package.
 * @throws {StartFailure} naming the ways to get one
 */
export async function resolveChromium(onProgress: (line: string) => void): Promise<string> {
  const configured = process.env.CHROMIUM_PATH
  if (configured) {
    if (existsSync(configured)) return configured
    throw new StartFailure(`CHROMIUM_PATH names ${configured}, which does not exist.`)
  }
  const found = onTheSystem() ?? (await playwrightsOwn())
  if (found) return found

  const refusals: string[] = []
  for (const [origin, get] of [
    ["Playwright's download", downloadWithPlaywright],
    ["the system's package", installPackage],
  ] as const) {
    try {
      onProgress(`Getting Chromium from ${origin} …`)
      await get()
      const got = onTheSystem() ?? (await playwrightsOwn())
      if (got) return got
    } catch (error) {
      refusals.push(`${origin}: ${(error as Error).message.trim().split('\n').at(-1)}`)
    }
  }
  throw new StartFailure(`The browser tests need Chromium: install it, or name one in CHROMIUM_PATH (${refusals.join('; ')}).`)
}

function onTheSystem(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/Applications/Google Chrome.app/Contents/MacOS']
  return folders.flatMap((folder) => [...names, 'Google Chrome'].map((name) => path.join(folder, name))).find((file) => existsSync(file))
}

async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import('playwright-core')
  const file = chromium.executablePath()
  return file && existsSync(file) ? file : undefined
}

async function downloadWithPlaywright(): Promise<void> {
  // Asked first, because the installer tries for minutes where there is no route.
  await fetch('https://cdn.playwright.dev/', { method: 'HEAD', signal: AbortSignal.timeout(3_000) }).catch((error: Error) => {
    throw new Error(error.cause instanceof Error ? error.cause.message : error.message)
  })
  const installer = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js')
  await run(process.execPath, [installer, 'install', '--with-deps', 'chromium'], { timeout: 600_000 })
}

async function installPackage(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('only root may install it')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env, timeout: 300_000 })
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 })
}
