import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type BrowserContext, type BrowserContextOptions } from 'playwright-core'
import { open } from './leaks'
import { infrastructure } from './shared'

export interface TestBrowser {
  context: BrowserContext
  stop(): Promise<void>
}

export type TestBrowserOptions = BrowserContextOptions & {
  /** Gives it a fake microphone, lets it play by itself and connect to another browser of this machine. */
  sound?: boolean
}

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const withSound = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
]

/**
 * A headless Chromium of its own, with a fresh profile.
 * @throws when the test run found none, with the sentence that says how to get one
 */
export async function startBrowser({ sound = false, ...options }: TestBrowserOptions = {}): Promise<TestBrowser> {
  const { browser } = infrastructure()
  if ('failure' in browser) throw new Error(browser.failure)
  const profile = mkdtempSync(path.join(tmpdir(), 'risk-callback-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser.path,
    headless: true,
    args: sound ? [...quiet, ...withSound] : quiet,
    ...options,
  })
  const registered = open('a browser')
  return {
    context,
    async stop() {
      registered.closed()
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
