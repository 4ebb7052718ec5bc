import type { Browser, Page } from 'playwright-core'
import { resources, type Language } from '../dashboard/src/language/resources'

/** Where the stories are lived through: the started product, and a browser. */
export interface StagePlace {
  browser: Pick<Browser, 'newContext'>
  baseUrl: string
  simulatorUrl: string
  riskEngineKey: string
  /** Of every demo account. */
  password: string
}

export interface Stage extends StagePlace {
  language: Language
  /** Somebody's wallet on their phone. */
  wallet(personId: string): Promise<WalletPage>
  /** The dashboard, signed in as this demo account. */
  dashboard(email: string, path?: string): Promise<DashboardPage>
  /** The simulated telephone of this number. */
  phone(number: string): Promise<Page>
  phoneText(key: string): string
  /** A page of ours for whoever has no account. */
  visit(path: string): Promise<Page>
  /** A picture with these words on it, such as a ticket that somebody has photographed. */
  drawn(words: string): Promise<Buffer>
  /** Keeps a picture of a page, by the story's name for it. */
  picture(page: Page, name: string): Promise<void>
  /** What every open page shows, for whoever wants to know why a story stopped. */
  pictureOfAll(name: string): Promise<void>
  close(): Promise<void>
}

export interface WalletPage {
  page: Page
  /** What the wallet says under this key, in the story's language. */
  text(key: string): string
  press(key: string): Promise<void>
  sees(key: string): Promise<void>
  go(hash: string): Promise<void>
}

export interface DashboardPage {
  page: Page
  /** What the dashboard says under this key, such as `desk.offer.accept`. */
  text(key: string, values?: Record<string, string>): string
  press(key: string): Promise<void>
  sees(key: string, values?: Record<string, string>): Promise<void>
}

const phone = { width: 390, height: 844 }
const desktop = { width: 1440, height: 900 }
/** A machine that runs everything at once needs a while. */
const patienceMs = 60_000

/**
 * Two sides of one story, in one language.
 * @param keep is given each picture
 */
export function createStage(place: StagePlace, language: Language, keep: (name: string, picture: Buffer) => void): Stage {
  const pages: Page[] = []
  let phoneWords: Record<string, string> = {}
  const picture = async (page: Page, name: string) => keep(`story-${name}-${language.slice(0, 2)}.png`, await page.screenshot({ animations: 'disabled' }))

  async function open(url: string, viewport: { width: number; height: number }): Promise<Page> {
    const context = await place.browser.newContext({ viewport, locale: language === 'en' ? 'en-GB' : language, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
    await context.addInitScript(`localStorage.setItem('language', '${url.startsWith(place.baseUrl) ? language : language.slice(0, 2)}')`)
    const page = await context.newPage()
    pages.push(page)
    page.setDefaultTimeout(patienceMs)
    await page.goto(url)
    return page
  }

  return {
    ...place,
    language,
    async wallet(personId) {
      const page = await open(`${place.simulatorUrl}/wallet/?person=${encodeURIComponent(personId)}`, phone)
      const words = await page.evaluate<Record<string, string>>(`import('/wallet/words.js').then(({ words }) => words['${language.slice(0, 2)}'])`)
      const text = (key: string) => words[key] ?? missing(key)
      await page.locator('nav a').first().waitFor()
      return {
        page,
        text,
        press: (key) =>
          page
            .getByRole('main')
            .getByRole('button', { name: text(key), exact: true })
            .click(),
        sees: (key) => page.getByText(text(key)).first().waitFor(),
        async go(hash) {
          await page.goto(`${place.simulatorUrl}/wallet/?person=${encodeURIComponent(personId)}${hash}`)
        },
      }
    },
    async dashboard(email, path = '/') {
      const page = await open(place.baseUrl + path, desktop)
      await page.locator('[name=email]').fill(email)
      await page.locator('[name=password]').fill(place.password)
      await page.keyboard.press('Enter')
      await page.locator('#content').waitFor()
      const text = (key: string, values: Record<string, string> = {}) =>
        sentence(language, key).replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? missing(`${key}: ${name}`))
      return {
        page,
        text,
        press: (key) =>
          page
            .getByRole('button', { name: text(key) })
            .first()
            .click(),
        sees: (key, values) => page.getByText(text(key, values)).first().waitFor(),
      }
    },
    async phone(number) {
      const page = await open(`${place.simulatorUrl}/phone/?number=${encodeURIComponent(number)}`, phone)
      phoneWords = await page.evaluate<Record<string, string>>(`import('/phone/words.js').then(({ words }) => words['${language.slice(0, 2)}'])`)
      return page
    },
    phoneText: (key) => phoneWords[key] ?? missing(key),
    visit: (path) => open(place.baseUrl + path, phone),
    async drawn(words) {
      const page = await open('about:blank', { width: 480, height: 240 })
      await page.setContent(`<h1 style="font: 32px sans-serif; text-align: center; padding: 1em; border: 4px dashed">${words}</h1>`)
      return page.screenshot()
    },
    picture,
    async pictureOfAll(name) {
      for (const [index, page] of pages.entries()) if (!page.isClosed()) await picture(page, `${name}-${index}`)
    },
    async close() {
      for (const page of pages.splice(0)) await page.context().close()
    },
  }
}

function sentence(language: Language, key: string): string {
  let found: unknown = resources[language].translation
  for (const part of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[part]
  return typeof found === 'string' ? found : missing(key)
}

function missing(what: string): never {
  throw new Error(`There are no words for ${what}.`)
}
