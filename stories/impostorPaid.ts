import type { Stage } from './stage'
import { ask, giveWallet, putPhone, type StoryPerson } from './payer'

/** Another payer than in the other stories: what they are told is theirs alone. */
const payer: StoryPerson = { id: 'story-chen', name: { en: 'Mr Chen', 'zh-CN': '陈先生' }, phone: '+8613800000008' }
const impostor: StoryPerson = { id: 'story-impostor', name: { en: 'Jack Wu', 'zh-CN': '吴建国' }, phone: '+8613800000009' }
const words = {
  en: {
    nickname: 'Zilong',
    happened: 'The account had my friend’s picture and name. When I asked, I was blocked.',
    refuses: 'He owed me this money.',
    proposal: 'One half comes back now, and the matter is settled.',
  },
  'zh-CN': { nickname: '子龙', happened: '账号用了我朋友的头像和名字，我一问就被拉黑了。', refuses: '这是他欠我的钱。', proposal: '现在退回一半，此事了结。' },
}

/** The money went to the copied friend, who has blocked the payer since: we ask, mediate, and a half comes back. */
export async function impostorPaid(stage: Stage): Promise<void> {
  const said = words[stage.language]
  await giveWallet(stage, payer)
  await giveWallet(stage, impostor)
  await putPhone(stage, impostor, { persona: 'no-answer' })
  const transfer = { kind: 'transfer', payee: { id: impostor.id, name: said.nickname }, amount: 480_000 }
  const { paymentId } = await ask<{ paymentId: string }>(`${stage.simulatorUrl}/sim/wallet/people/${payer.id}/payments`, 'POST', transfer)

  const wallet = await stage.wallet(payer.id)
  await wallet.go(`#/payments/${paymentId}`)
  await wallet.page.getByRole('link', { name: wallet.text('help-link') }).click()
  await wallet.page.locator('select[name=kind]').selectOption('impersonation')
  await wallet.page.locator('textarea[name=reason]').fill(said.happened)
  await stage.picture(wallet.page, 'friend-4-help')
  await wallet.press('help-open')
  await wallet.sees('help-contacting')

  const other = await stage.wallet(impostor.id)
  await other.go('#/inbox')
  const link = other.page.getByRole('link', { name: other.text('help-answer') })
  await link.waitFor()
  await stage.picture(other.page, 'friend-5-asked')
  const asked = new URL((await link.getAttribute('href'))!)
  const payee = await stage.visit(asked.pathname + asked.search)
  await payee.locator('input[value=refuse]').check()
  await payee.locator('textarea').fill(said.refuses)
  await payee.locator('button').click()
  await wallet.sees('help-mediation')

  const desk = await stage.dashboard('agent.one@demo.example', '/transfer-help')
  await desk.page.getByRole('table').getByRole('link').first().click()
  await desk.press('transferHelp.takeUp')
  await desk.page.getByLabel(desk.text('transferHelp.amount')).fill('240000')
  await desk.page.getByLabel(desk.text('transferHelp.words')).fill(said.proposal)
  await desk.press('transferHelp.propose')
  await wallet.sees('help-proposal')
  await stage.picture(wallet.page, 'friend-6-proposal')
  await wallet.press('help-agree')
  await payee.reload()
  await payee.locator('input[value=agree]').check()
  await payee.locator('button').click()
  await wallet.sees('help-settled')
  await stage.picture(wallet.page, 'friend-7-settled')
}
