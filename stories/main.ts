import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { createProgress, type Progress } from '../bench/progress'
import { startProduct } from '../bench/product'
import { languages } from '../dashboard/src/language/resources'
import { resolveChromium } from '../embedded/chromium'
import { inWords } from '../embedded/failure'
import { answerReminder } from './answerReminder'
import { askedAtDesk } from './askedAtDesk'
import { copiedFriend } from './copiedFriend'
import { facePayment } from './facePayment'
import { impostorPaid } from './impostorPaid'
import { quickPayment } from './quickPayment'
import { createStage, type Stage } from './stage'

/** Each lives through one story on both sides, and keeps pictures of it. */
const stories: Record<string, (stage: Stage) => Promise<void>> = { quickPayment, answerReminder, facePayment, copiedFriend, impostorPaid, askedAtDesk }

const pictures = path.resolve(__dirname, '..', 'docs', 'screenshots')

/**
 * `npm run stories -- [--story name]… [--language en|zh-CN]… [--pictures folder]`: starts the product, lives through
 * the stories in a browser, and writes the pictures for the guides. Ends with 1 when a story did not go as told.
 */
export async function main(given: string[]): Promise<void> {
  const progress = createProgress()
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        story: { type: 'string', multiple: true, default: Object.keys(stories) },
        language: { type: 'string', multiple: true, default: [...languages] },
        pictures: { type: 'string', default: pictures },
      },
    })
    const chosen = values.story.map(
      (name) => [name, stories[name] ?? refuse(`There is no story ${name}; there are ${Object.keys(stories).join(', ')}.`)] as const,
    )
    for (const language of languages) if (values.language.includes(language)) await live(language, chosen, values.pictures, progress)
    process.exit(0)
  } catch (error) {
    console.error(inWords(error))
    process.exit(1)
  }
}

async function live(
  language: (typeof languages)[number],
  chosen: (readonly [string, (stage: Stage) => Promise<void>])[],
  folder: string,
  progress: Progress,
): Promise<void> {
  progress.step(`Starting the product for the stories in ${language}`)
  const product = await startProduct({ callsPerSecond: 20, simulatorSpeed: 1, agents: 0, say: progress.say })
  const browser = await chromium.launch({ executablePath: await resolveChromium(progress.say), headless: true, args: ['--no-sandbox', '--disable-gpu'] })
  mkdirSync(folder, { recursive: true })
  try {
    for (const [name, story] of chosen) {
      progress.step(`Living through ${name} in ${language}`)
      const { baseUrl, simulatorUrl, riskEngineKey, secrets } = product
      const stage = createStage({ browser, baseUrl, simulatorUrl, riskEngineKey, password: secrets.password }, language, (file, picture) => {
        writeFileSync(path.join(folder, file), picture)
        progress.say(file)
      })
      await story(stage).catch(async (error: unknown) => {
        await stage.pictureOfAll('failed')
        throw error
      })
      await stage.close()
    }
  } finally {
    await browser.close()
    await product.stop()
  }
}

function refuse(sentence: string): never {
  throw new Error(sentence)
}
