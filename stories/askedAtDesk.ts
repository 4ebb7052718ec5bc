import { acceptOffer, goAvailable } from './desk'
import { ask, moveMoney, putPhone } from './payer'
import type { Stage } from './stage'

const payerPhone = '+8613800000010'
const words = {
  en: { payer: 'Ms Zhao', friend: 'Old classmate', reason: 'first transfer to this account', says: 'Yes, that was me.', happened: 'Her classmate has just told her: it was not him who asked for the money.' },
  'zh-CN': { payer: '赵女士', friend: '老同学', reason: '首次向该账户转账', says: '是我本人转的。', happened: '老同学刚告诉她，借钱的不是他本人。' },
}

/** The payer confirms a transfer, and finds out while still on the telephone: the agent asks for help in her name. */
export async function askedAtDesk(stage: Stage): Promise<void> {
  const { baseUrl, riskEngineKey, language } = stage
  const said = words[language]
  await putPhone(stage, { phone: payerPhone }, { persona: 'manual' })
  const desk = await stage.dashboard('agent.three@demo.example')
  await goAvailable(desk)
  const flag = {
    paymentId: `story-asked-${language}`,
    paidAt: new Date().toISOString(),
    amount: { amount: 300_000, currency: 'CNY' },
    method: 'transfer',
    payer: { id: 'story-zhao', name: said.payer, phones: [payerPhone], locale: language },
    payee: { id: 'story-classmate', name: said.friend },
    risk: { score: 75, rules: [{ id: 'new_payee', reason: said.reason }] },
  }
  await ask(`${baseUrl}/v1/flagged-payments`, 'POST', flag, { authorization: `Bearer ${riskEngineKey}` })
  await acceptOffer(desk)
  const phone = await stage.phone(payerPhone)
  await phone.getByRole('button', { name: stage.phoneText('answer'), exact: true }).click()
  await desk.sees('desk.call.state.onTheLine')
  await phone.getByPlaceholder(stage.phoneText('sayHint')).fill(said.says)
  await phone.keyboard.press('Enter')
  await desk.page.locator('input[type=radio][value=owner_confirmed]').check()
  await desk.page.keyboard.press('Control+Enter')

  const link = desk.page.getByRole('link', { name: desk.text('transferHelp.open.title') })
  await link.waitFor()
  await stage.picture(desk.page, 'asked-1-released')
  await link.click()
  await desk.page.locator('select[name=kind]').selectOption('impersonation')
  await desk.page.locator('textarea[name=reason]').fill(said.happened)
  await stage.picture(desk.page, 'asked-2-form')
  // The release has gone to the classmate's account, where it still is.
  await moveMoney(stage, 'story-received', 'payer:somebody', 'payee:story-classmate', 300_000)
  await desk.press('transferHelp.open.submit')
  await desk.page.locator('dd').getByText(/3,000/).first().waitFor()
  await stage.picture(desk.page, 'asked-3-help')
}
