import type { Stage, DashboardPage } from './stage'
import { ask, giveWallet, msWang } from './payer'

const shop = {
  en: { name: 'Corner shop', city: 'Shenzhen' },
  'zh-CN': { name: '街角便利店', city: '深圳' },
}
const words = {
  en: {
    statement: 'I was at home in Chengdu. I have never been in this shop.',
    merchant: 'Names the last four digits of the phone rightly: 0003. They were keyed in at the till.',
    place: 'The payer’s phone was in Chengdu at that minute.',
    found: 'Nothing that speaks against the payer.',
    advance: 'The place speaks for the payer; the face is looked into.',
    decision: 'Your phone was in Chengdu. Four digits do not prove who stood at the till.',
  },
  'zh-CN': {
    statement: '我当时在成都家中，从未去过这家店。',
    merchant: '商户称手机尾号0003核对无误，由顾客在收银台输入。',
    place: '付款时，付款人的手机在成都。',
    found: '未发现对付款人不利的情况。',
    advance: '地点对付款人有利，人脸验证仍在核查。',
    decision: '付款时您的手机在成都，仅凭手机尾号四位数字不能证明付款人身份。',
  },
}

/** A face payment in a city where the payer was not, though the merchant knows the right last four digits. */
export async function facePayment(stage: Stage): Promise<void> {
  const { language } = stage
  const said = words[language]
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

  const desk = await stage.dashboard('agent.one@demo.example', '/disputes')
  await desk.page.getByRole('table').getByRole('link').first().click()
  await desk.press('disputes.takeUp')
  await wallet.sees('dispute-investigating')
  const evidence = { payment_data: said.found, device: said.found, place: said.place, verification: said.found, merchant_statement: said.merchant }
  for (const [kind, result] of Object.entries(evidence))
    await record(desk, kind, result, kind === 'place' ? 'for_payer' : kind === 'merchant_statement' ? 'for_payee' : 'neutral')
  await desk.page.getByText(said.merchant).scrollIntoViewIfNeeded()
  await stage.picture(desk.page, 'face-2-evidence')

  const supervisor = await stage.dashboard('supervisor.one@demo.example', new URL(desk.page.url()).pathname)
  await supervisor.page.getByLabel(supervisor.text('disputes.decision.reason')).fill(said.advance)
  await supervisor.press('disputes.decision.advance')
  await wallet.page.locator('ol.notices li').nth(2).waitFor()
  await stage.picture(wallet.page, 'face-3-advance')

  await supervisor.page.getByLabel(supervisor.text('disputes.decision.reason')).fill(said.decision)
  await supervisor.press('disputes.decision.upheld')
  await wallet.sees('dispute-upheld')
  await wallet.page.getByText(said.decision).waitFor()
  await stage.picture(wallet.page, 'face-4-decided')
  await supervisor.page.getByText(said.decision).first().waitFor()
  await stage.picture(supervisor.page, 'face-5-desk')
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
