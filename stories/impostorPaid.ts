import { readFileSync } from 'node:fs'
import { sayMoney } from '../domain/script/wording'
import { pdfText } from '../tests/documents/pdfText'
import { welcomeNow } from '../tests/support/callingHours'
import { openFirst } from './desk'
import { ask, giveWallet, moveMoney, putPhone, type StoryPerson } from './payer'
import { changePolicy, secondsInDays } from './policy'
import type { Stage } from './stage'

/** Another payer than in the other stories: what they are told is theirs alone. */
const payer: StoryPerson = { id: 'story-chen', name: { en: 'Mr Chen', 'zh-CN': '陈先生' }, phone: '+8613800000008' }
const impostor: StoryPerson = { id: 'story-impostor', name: { en: 'Jack Wu', 'zh-CN': '吴建国' }, phone: '+8613800000009' }
const words = {
  en: {
    nickname: 'Zilong',
    happened: 'The account had my friend’s picture and name. When I asked, I was blocked.',
    proposal: 'What is missing comes back in two parts.',
    key: 'press 1',
    law: 'Going to the police',
  },
  'zh-CN': { nickname: '子龙', happened: '账号用了我朋友的头像和名字，我一问就被拉黑了。', proposal: '尚缺的款项分两期退回。', key: '请按1', law: '报警指引' },
}

/**
 * The money went to the copied friend, who has blocked the payer since. We ring the payee, who agrees by a key; what is
 * left comes back, the rest does not; a mediator's parts are agreed to and then missed: the evidence is what remains.
 */
export async function impostorPaid(stage: Stage): Promise<void> {
  const said = words[stage.language]
  await changePolicy(stage, ({ transferHelp }) => ({
    callingHours: welcomeNow(),
    transferHelp: { ...transferHelp, graceDays: secondsInDays(8), instalmentDays: secondsInDays(12) },
  }))
  await giveWallet(stage, payer)
  await giveWallet(stage, impostor)
  await putPhone(stage, impostor, { persona: 'manual' })
  const transfer = { kind: 'transfer', payee: { id: impostor.id, name: said.nickname }, amount: 480_000 }
  const { paymentId } = await ask<{ paymentId: string }>(`${stage.simulatorUrl}/sim/wallet/people/${payer.id}/payments`, 'POST', transfer)
  await moveMoney(stage, 'story-spent', `payee:${impostor.id}`, 'payee:elsewhere', 320_000)

  const wallet = await stage.wallet(payer.id)
  await wallet.go(`#/payments/${paymentId}`)
  await wallet.page.getByRole('link', { name: wallet.text('help-link') }).click()
  await wallet.page.locator('select[name=kind]').selectOption('impersonation')
  await wallet.page.locator('textarea[name=reason]').fill(said.happened)
  await stage.picture(wallet.page, 'friend-4-help')
  await wallet.press('help-open')
  await wallet.sees('help-contacting')

  const phone = await stage.phone(impostor.phone)
  const heard = (what: string) => phone.locator('#transcript').getByText(what).last().waitFor()
  const press = (key: string) => phone.locator('#keypad').getByRole('button', { name: key, exact: true }).click()
  const answer = phone.getByRole('button', { name: stage.phoneText('answer'), exact: true })
  await answer.waitFor()
  await stage.picture(phone, 'friend-5-rings')
  await answer.click()
  await heard(said.key)
  await press('1')
  await heard(sayMoney({ amount: 480_000, currency: 'CNY' }, stage.language))
  await phone.locator('#transcript').scrollIntoViewIfNeeded()
  await stage.picture(phone, 'friend-6-asked')
  await press('1')

  // What is left has come back, the payer was told so unasked; for the rest the payee is reminded, in vain.
  await wallet.sees('help-mediation')
  await stage.picture(wallet.page, 'friend-7-told')

  const desk = await stage.dashboard('agent.one@demo.example', '/transfer-help')
  await openFirst(desk)
  await desk.press('transferHelp.takeUp')
  await desk.page.getByRole('button', { name: desk.text('transferHelp.takeUp') }).waitFor({ state: 'detached' })
  await desk.page.getByRole('region', { name: desk.text('transferHelp.mediation') }).getByLabel(desk.text('transferHelp.parts')).fill('2')
  await desk.page.getByLabel(desk.text('transferHelp.words')).fill(said.proposal)
  await stage.picture(desk.page, 'friend-8-mediation')
  await desk.press('transferHelp.propose')
  await wallet.sees('help-proposal')
  await stage.picture(wallet.page, 'friend-9-proposal')
  await wallet.press('help-agree')

  const other = await stage.wallet(impostor.id)
  await other.go('#/inbox')
  const link = other.page.getByRole('link', { name: other.text('help-answer') }).first()
  await link.waitFor()
  const asked = new URL((await link.getAttribute('href'))!)
  await moveMoney(stage, 'story-earned', 'payer:somebody', `payee:${impostor.id}`, 160_000)
  const payee = await stage.visit(asked.pathname + asked.search)
  await payee.locator('input[value=agree]').check()
  await stage.picture(payee, 'friend-10-link')
  await payee.locator('button').click()

  await wallet.sees('help-returning')
  await wallet.page.locator('li.row small').getByText(wallet.text('help-part-returned'), { exact: true }).scrollIntoViewIfNeeded()
  await stage.picture(wallet.page, 'friend-11-parts')
  await wallet.sees('help-part_returned')
  await wallet.sees('help-package')
  await wallet.page.evaluate('scrollTo(0, 0)')
  await stage.picture(wallet.page, 'friend-12-evidence')
  const arriving = wallet.page.waitForEvent('download')
  await wallet.page.getByRole('link', { name: wallet.text('help-package') }).click()
  const { pages } = pdfText(readFileSync(await (await arriving).path()))
  if (!pages.join('').includes(said.law)) throw new Error('The evidence does not tell the way to the police.')
}
