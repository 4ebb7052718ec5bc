import { builtInScripts } from '../domain/script/builtIn'
import { acceptOffer, goAvailable } from './desk'
import { followGuidance } from './guidedPayer'
import { ask, giveWallet, mrLi, putPhone } from './payer'
import { changePolicy } from './policy'
import type { Stage } from './stage'

const words = {
  en: { airline: 'Air tickets', reason: 'four times the usual amount', says: 'Yes, this is Li. Those are my tickets.' },
  'zh-CN': { airline: '机票', reason: '金额是平时的四倍', says: '是我，机票是我买的。' },
}

const security = { digitalCertificate: false, realNameVerified: true, phoneBound: true }

/** Mr Li's 7,587 yuan: paid, held, called within three minutes, confirmed, released; and his account is safer afterwards. */
export async function quickPayment(stage: Stage): Promise<void> {
  const { baseUrl, simulatorUrl, riskEngineKey, language } = stage
  const said = words[language]
  // A day and a week pass within a minute.
  await changePolicy(stage, () => ({ guidanceFollowUp: { messageSeconds: 8, firstLookSeconds: 15, secondLookSeconds: 40 } }))
  await giveWallet(stage, { ...mrLi, security })
  await putPhone(stage, mrLi, { persona: 'manual' })
  const desk = await stage.dashboard('agent.one@demo.example')
  await goAvailable(desk)

  const payee = { id: 'airline-77', name: said.airline }
  const order = { kind: 'purchase', payee, amount: 758_700 }
  const pay = (amount: number) => ask<{ paymentId: string; at: string }>(`${simulatorUrl}/sim/wallet/people/${mrLi.id}/payments`, 'POST', { ...order, amount })
  // He has bought there before, so that nothing stops the payment itself, not even at night.
  await pay(2_000)
  const { paymentId, at } = await pay(order.amount)
  const flag = {
    paymentId,
    paidAt: at,
    amount: { amount: order.amount, currency: 'CNY' },
    method: 'quick_payment',
    payer: {
      id: mrLi.id,
      name: mrLi.name[language],
      phones: [mrLi.phone],
      locale: language,
      security,
    },
    payee,
    risk: { score: 82, rules: [{ id: 'amount_above_usual', reason: said.reason }] },
  }
  await ask(`${baseUrl}/v1/flagged-payments`, 'POST', flag, { authorization: `Bearer ${riskEngineKey}` })
  await desk.page.getByRole('alertdialog').waitFor()
  await stage.picture(desk.page, 'li-1-offer')
  await acceptOffer(desk)

  const phone = await stage.phone(mrLi.phone)
  await phone.getByRole('button', { name: stage.phoneText('answer'), exact: true }).waitFor()
  const wallet = await stage.wallet(mrLi.id)
  await wallet.go('#/call')
  await wallet.press('call-ask')
  await wallet.sees('call-calling_now')
  await stage.picture(wallet.page, 'li-2-who-calls')
  const spoken = await wallet.page.locator('.code').innerText()
  const visitor = await stage.visit('/ask/calling')
  await visitor.locator('[name=phone]').fill(mrLi.phone)
  await visitor.locator('[name=words]').fill(spoken)
  await visitor.locator('#check button').click()
  await visitor.locator('#answer[data-tone=good]').waitFor()
  await stage.picture(visitor, 'li-3-without-app')

  await phone.getByRole('button', { name: stage.phoneText('answer'), exact: true }).click()
  await desk.sees('desk.call.state.onTheLine')
  await phone.getByPlaceholder(stage.phoneText('sayHint')).fill(said.says)
  await phone.keyboard.press('Enter')
  await desk.page.getByText(said.says).first().waitFor()
  await stage.picture(desk.page, 'li-4-desk')
  await stage.picture(phone, 'li-5-phone')
  await desk.page.getByRole('checkbox', { name: desk.text('desk.guidance.agreedTo', { title: builtInScripts[language].guidance.digitalCertificate.title }) }).check()
  await desk.page.locator('input[type=radio][value=owner_confirmed]').check()
  await desk.page.keyboard.press('Control+Enter')
  await wallet.go(`#/payments/${paymentId}`)
  await wallet.page.locator('.state[data-state=released]').waitFor()
  await stage.picture(wallet.page, 'li-6-released')
  await followGuidance(stage, wallet)
}
