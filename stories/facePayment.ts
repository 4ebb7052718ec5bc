import { readFileSync } from 'node:fs'
import { openFirst } from './desk'
import { ask, giveWallet, msWang } from './payer'
import { changePolicy } from './policy'
import type { DashboardPage, Stage } from './stage'

const shop = {
  en: { name: 'Corner shop', city: 'Shenzhen' },
  'zh-CN': { name: '街角便利店', city: '深圳' },
}
const words = {
  en: {
    statement: 'I was at home in Chengdu. I have never been in this shop.',
    ticket: 'Tram, Chengdu, the same afternoon',
    merchant: 'Names the last four digits of the phone rightly: 0003. They were keyed in at the till.',
    place: 'The payer’s phone was in Chengdu at that minute.',
    found: 'Nothing that speaks against the payer.',
    advance: 'The place speaks for the payer; the face is looked into.',
    against: 'The shop knows the last four digits of your phone.',
    appeal: 'Four digits stand on every parcel. My tram ticket shows where I was.',
    decision: 'Your phone and your ticket were in Chengdu. Four digits do not prove who stood at the till.',
  },
  'zh-CN': {
    statement: '我当时在成都家中，从未去过这家店。',
    ticket: '成都有轨电车票，当天下午',
    merchant: '商户称手机尾号0003核对无误，由顾客在收银台输入。',
    place: '付款时，付款人的手机在成都。',
    found: '未发现对付款人不利的情况。',
    advance: '地点对付款人有利，人脸验证仍在核查。',
    against: '商户掌握您的手机尾号。',
    appeal: '每个快递包裹上都有手机尾号。我的车票可以证明我当时在哪里。',
    decision: '付款时您的手机和车票都在成都，仅凭手机尾号四位数字不能证明付款人身份。',
  },
}

/**
 * A face payment in a city where the payer was not, though the merchant knows the right last four digits. She is paid in
 * advance by two persons' consent, loses at first, appeals, and somebody else decides for her.
 */
export async function facePayment(stage: Stage): Promise<void> {
  const { language } = stage
  const said = words[language]
  // By default an advance takes two persons above 10,000 yuan.
  await changePolicy(stage, ({ approvals }) => ({ approvals: { ...approvals, advanceAbove: 100_000 } }))
  await giveWallet(stage, msWang)
  const payment = { kind: 'face_payment', payee: { id: 'shop-12', name: shop[language].name }, amount: 128_000, city: shop[language].city }
  const { paymentId } = await ask<{ paymentId: string }>(`${stage.simulatorUrl}/sim/wallet/people/${msWang.id}/payments`, 'POST', payment)

  const wallet = await stage.wallet(msWang.id)
  await wallet.go(`#/payments/${paymentId}`)
  await wallet.page.getByRole('link', { name: wallet.text('dispute-link') }).click()
  await wallet.page.locator('select[name=reason]').selectOption('wrong_place')
  await wallet.page.locator('textarea[name=statement]').fill(said.statement)
  await stage.picture(wallet.page, 'face-1-open')
  await wallet.press('dispute-open')
  await wallet.sees('dispute-received')
  const ticket = await stage.drawn(said.ticket)
  await wallet.page.locator('input[type=file]').setInputFiles({ name: 'ticket.png', mimeType: 'image/png', buffer: ticket })
  await wallet.page.getByText('ticket.png').waitFor()
  await wallet.page.locator('input[type=file]').scrollIntoViewIfNeeded()
  await stage.picture(wallet.page, 'face-2-file')

  const desk = await stage.dashboard('agent.one@demo.example', '/disputes')
  await openFirst(desk)
  await desk.press('disputes.takeUp')
  await wallet.sees('dispute-investigating')
  await seeFile(desk, ticket)
  const evidence = { payment_data: said.found, device: said.found, place: said.place, verification: said.found, merchant_statement: said.merchant }
  for (const [kind, result] of Object.entries(evidence))
    await record(desk, kind, result, kind === 'place' ? 'for_payer' : kind === 'merchant_statement' ? 'for_payee' : 'neutral')
  await desk.page.getByText(said.merchant).scrollIntoViewIfNeeded()
  await stage.picture(desk.page, 'face-3-evidence')

  const address = new URL(desk.page.url()).pathname
  const supervisor = await stage.dashboard('supervisor.one@demo.example', address)
  await supervisor.page.getByLabel(supervisor.text('disputes.decision.reason')).fill(said.advance)
  await supervisor.press('disputes.decision.advance')
  const compliance = await stage.dashboard('compliance.one@demo.example', '/approvals')
  await compliance.page.getByText(said.advance).waitFor()
  await stage.picture(compliance.page, 'face-4-second-person')
  await compliance.press('approvals.approve')
  await supervisor.sees('terms.fundsAction.advance')
  await wallet.page.locator('ol.notices li').nth(2).waitFor()
  await stage.picture(wallet.page, 'face-5-advance')

  await supervisor.page.getByLabel(supervisor.text('disputes.decision.reason')).fill(said.against)
  await supervisor.press('disputes.decision.rejected')
  await wallet.sees('dispute-rejected')
  await wallet.page.locator('textarea[name=appeal]').fill(said.appeal)
  await stage.picture(wallet.page, 'face-6-appeal')
  await wallet.press('dispute-send-appeal')
  await wallet.sees('dispute-appealed')

  const other = await stage.dashboard('supervisor.two@demo.example', address)
  await other.page.getByText(said.appeal).waitFor()
  await other.page.getByLabel(other.text('disputes.decision.reason')).fill(said.decision)
  await other.press('disputes.decision.upheld')
  await wallet.sees('dispute-upheld')
  await wallet.page.getByText(said.decision).first().waitFor()
  await wallet.page.evaluate('scrollTo(0, 0)')
  await stage.picture(wallet.page, 'face-7-decided')
  await other.page
    .getByRole('region', { name: other.text('disputes.decision.given') })
    .getByText(said.decision)
    .waitFor()
  await other.page.evaluate('scrollTo(0, 0)')
  await stage.picture(other.page, 'face-8-desk')
}

/** The agent fetches what the payer has attached, and it is what they sent. */
async function seeFile(desk: DashboardPage, sent: Buffer): Promise<void> {
  const arriving = desk.page.waitForEvent('download')
  await desk.page.getByRole('link', { name: 'ticket.png' }).click()
  if (!sent.equals(readFileSync(await (await arriving).path()))) throw new Error('The file at the desk is not what the payer sent.')
}

async function record(desk: DashboardPage, kind: string, result: string, finding: string): Promise<void> {
  const name = `${desk.text('disputes.record')}: ${desk.text(`terms.evidence.${kind}`)}`
  await desk.page.getByRole('button', { name, exact: true }).click()
  await desk.page.getByLabel(desk.text('disputes.result')).fill(result)
  await desk.page.getByRole('combobox', { name: desk.text('disputes.says') }).selectOption(finding)
  await desk.page.getByRole('button', { name: desk.text('disputes.taskState.done'), exact: true }).click()
  // The form closes once it is recorded.
  await desk.page.getByRole('combobox').waitFor({ state: 'hidden' })
}
