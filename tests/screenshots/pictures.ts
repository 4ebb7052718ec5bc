import type { Page } from 'playwright-core'
import { pretendCall, pretendCase, pretendOffer } from '../dashboard/pretendCase'
import type { PretendProduct } from '../dashboard/pretendProduct'
import { pretendThirdParty } from '../dashboard/pretendThirdParty'

export interface Picture {
  name: string
  /** Undefined: the sign-in page. */
  role?: 'agent' | 'supervisor' | 'compliance' | 'admin'
  path?: string
  chinese?: boolean
  dark?: boolean
  width?: number
  /** Brings the page to where it is worth a picture. */
  pose?(page: Page, product: PretendProduct): Promise<void>
}

const moment = () => new Date(Date.now() - 42_000).toISOString()
const onTheLine = () => pretendCall({ status: 'in_progress', rangAt: moment(), answeredAt: moment(), contactAt: moment() })

async function inTalk(page: Page, product: PretendProduct, more: Partial<ReturnType<typeof onTheLine>> = {}): Promise<void> {
  const theCase = pretendCase()
  product.setCase(theCase)
  product.setPresence(product.presenceOf('busy', { caseId: theCase.caseId }))
  product.setCase(theCase)
  product.setCall({ ...onTheLine(), ...more })
  await page.locator('[data-word=onTheLine]').waitFor()
}

async function unanswered(page: Page, product: PretendProduct): Promise<void> {
  product.fail('GET /v1/approvals?status=open&limit=200', 503)
  await page.reload()
  await page.locator('#content [role=alert]').first().waitFor({ timeout: 60_000 })
}

/** In English by day, and in Chinese by night. */
function both(picture: Picture): Picture[] {
  return [picture, { ...picture, name: `${picture.name}-zh-dark`, chinese: true, dark: true }]
}

export const pictures: Picture[] = [
  ...both({ name: 'sign-in' }),
  ...both({ name: 'desk-available', role: 'agent', pose: async (_page, product) => product.setPresence(product.presenceOf('available')) }),
  ...both({
    name: 'desk-offer',
    role: 'agent',
    pose: async (page, product) => {
      const theCase = pretendCase()
      product.offer(theCase, pretendOffer(theCase))
      await page.getByRole('alertdialog').waitFor()
    },
  }),
  ...both({
    name: 'desk-call',
    role: 'agent',
    pose: async (page, product) => {
      await inTalk(page, product)
      product.edge.heard('payer', '对，是我。')
      await page.getByText('对，是我。').waitFor()
      await page.locator('input[type=radio][value=not_owner]').check()
    },
  }),
  {
    name: 'desk-help',
    role: 'agent',
    pose: (page, product) => inTalk(page, product, { help: { reason: 'Asks for my superior', askedAt: moment(), answeredBy: 'Supervisor One' }, supervisor: { name: 'Supervisor One', mode: 'whisper' } }),
  },
  {
    name: 'desk-transfer-zh-dark',
    role: 'agent',
    chinese: true,
    dark: true,
    pose: (page, product) =>
      inTalk(page, product, {
        transfer: { state: 'consulting', from: { id: 'agent-1', name: 'Agent One' }, to: { id: 'agent-2', name: 'Agent Two' }, note: null },
      }),
  },
  {
    name: 'desk-third-party',
    role: 'agent',
    async pose(page, product) {
      await inTalk(page, product, { thirdParty: pretendThirdParty({ status: 'ended', joined: false, outcome: 'busy', name: null }) })
      await page.keyboard.press('b')
      await page.getByRole('dialog').getByRole('combobox').waitFor()
    },
  },
  { name: 'desk-third-party-zh-dark', role: 'agent', chinese: true, dark: true, pose: (page, product) => inTalk(page, product, { thirdParty: pretendThirdParty() }) },
  ...both({ name: 'directory', role: 'admin', path: '/rules/directory' }),
  { name: 'desk-recording-paused', role: 'agent', pose: (page, product) => inTalk(page, product, { recording: { paused: true, pausedAt: moment() } }) },
  ...both({
    name: 'desk-appointment',
    role: 'agent',
    pose: async (page, product) => {
      await inTalk(page, product)
      await page.locator('input[type=datetime-local]').scrollIntoViewIfNeeded()
    },
  }),
  {
    name: 'desk-wrap-up',
    role: 'agent',
    pose: async (page, product) => {
      await inTalk(page, product)
      await page.locator('input[type=radio][value=not_owner]').check()
      await page.keyboard.press('Control+Enter')
      await page.keyboard.press('x')
      await page.keyboard.press('x')
      await page.locator('[data-word=ended]').waitFor()
    },
  },
  {
    name: 'desk-connection-lost',
    role: 'agent',
    pose: async (page, product) => {
      await inTalk(page, product)
      product.cutOff(true)
      await page.getByText('Connection lost').waitFor()
    },
  },
  ...both({ name: 'own-reviews', role: 'agent', path: '/reviews' }),
  ...both({ name: 'transfer-help', role: 'agent', path: '/transfer-help' }),
  ...both({ name: 'disputes', role: 'agent', path: '/disputes' }),
  ...both({ name: 'dispute', role: 'compliance', path: '/disputes/dispute-1' }),
  ...both({ name: 'wallboard', role: 'supervisor', path: '/wallboard', width: 1280 }),
  ...both({
    name: 'monitoring',
    role: 'supervisor',
    path: '/wallboard',
    pose: async (page, product) => {
      product.join('case_2a1b2c3d4e5f60718293', 'whisper')
      await page.reload()
      await page.locator('[data-line]').waitFor()
    },
  }),
  ...both({ name: 'histories', role: 'compliance', path: '/histories' }),
  ...both({ name: 'histories-empty', role: 'compliance', path: '/histories?q=nothing' }),
  ...both({ name: 'case-story', role: 'compliance', path: '/histories/case-closed' }),
  ...both({ name: 'approvals', role: 'compliance', path: '/approvals' }),
  ...both({ name: 'error', role: 'compliance', path: '/approvals', pose: unanswered }),
  ...both({ name: 'dialling', role: 'supervisor', path: '/dialling' }),
  // Compliance and administrators have no bar with the calls of agents who ask for help.
  ...both({ name: 'guidance', role: 'compliance', path: '/guidance' }),
  ...both({ name: 'routing', role: 'admin', path: '/routing/queues' }),
  {
    name: 'routing-review',
    role: 'admin',
    path: '/routing/queues',
    pose: async (page) => {
      await page.getByRole('button', { name: 'Change: Large amounts' }).click()
      await page.getByRole('button', { name: 'Review and save' }).click()
      await page.getByRole('dialog').getByRole('row').nth(1).waitFor()
    },
  },
  ...both({ name: 'scripts', role: 'compliance', path: '/rules/scripts' }),
  { name: 'script-edit', role: 'compliance', path: '/rules/scripts?kind=callback&language=zh-CN', pose: async (page) => page.getByRole('textbox').first().waitFor() },
  ...both({ name: 'quality-results', role: 'compliance', path: '/quality/results' }),
  ...both({ name: 'review', role: 'supervisor', path: '/quality/reviews/review-2' }),
  ...both({ name: 'disclosures', role: 'compliance', path: '/disclosures' }),
  { name: 'users', role: 'admin', path: '/admin/users' },
  { name: 'api-keys-zh-dark', role: 'admin', path: '/admin/keys', chinese: true, dark: true },
  { name: 'outgoing-events', role: 'admin', path: '/admin/events' },
]
