import { defaultPlaybook } from '../domain/reminder/defaultPlaybook'
import type { ScamType } from '../domain/money'
import { acceptOffer, goAvailable } from './desk'
import { giveWallet, mrZhang } from './payer'
import type { Stage } from './stage'

const words = {
  en: { goddess: 'Fairy', opens: 'Good evening, Mr Zhang. Have you ever met her?', payer: 'No, only online. She needs it for the ticket to visit me.' },
  'zh-CN': { goddess: '小仙女', opens: '张先生您好，您和她见过面吗？', payer: '没有，网上认识的。她说要买机票来看我。' },
}

/** The man who is about to send 190,000 yuan to somebody whom he has never met; he writes, and cancels. */
export async function answerReminder(stage: Stage): Promise<void> {
  const { language } = stage
  const said = words[language]
  await giveWallet(stage, mrZhang)
  // Another agent than in the story before, who may still be in wrap-up.
  const desk = await stage.dashboard('agent.two@demo.example')
  await goAvailable(desk)

  const wallet = await stage.wallet(mrZhang.id)
  await wallet.go('#/pay')
  await wallet.page.locator('input[name=payeeName]').fill(said.goddess)
  await wallet.page.locator('input[name=payeeId]').fill('goddess-520')
  await wallet.page.locator('input[name=amount]').fill('190000')
  await wallet.press('payNow')
  await wallet.sees('check-stop')
  await stage.picture(wallet.page, 'reminder-1-paused')
  await wallet.press('check-chat')

  await acceptOffer(desk)
  await desk.page.getByLabel(desk.text('reminder.chat.write')).fill(said.opens)
  await desk.page.keyboard.press('Enter')
  await wallet.page.getByText(said.opens).waitFor()
  await wallet.page.locator('#chat-words').fill(said.payer)
  await wallet.page.locator('form.write button').click()
  await desk.page.getByText(said.payer).waitFor()
  await stage.picture(wallet.page, 'reminder-2-chat')
  for (const answer of answersTo('romance')) await desk.page.getByRole('button', { name: answer[language === 'en' ? 'en' : 'zh'], exact: true }).click()
  await desk.sees('reminder.tree.likely', { scam: desk.text('terms.scam.romance') })
  await stage.picture(desk.page, 'reminder-3-desk')

  await desk.page.getByRole('radio', { name: desk.text('reminder.outcome.cancelled') }).check()
  await desk.page.getByRole('button', { name: desk.text('reminder.talk.submit') }).click()
  await wallet.sees('check-ending-cancelled_by_payer')
  await stage.picture(wallet.page, 'reminder-4-cancelled')
}

/** What is pressed, question by question, until the playbook names this scam. */
function answersTo(scam: ScamType): { en: string; zh: string }[] {
  const { questions, start } = defaultPlaybook
  const ways = [{ at: start, said: [] as { en: string; zh: string }[] }]
  for (const { at, said } of ways)
    for (const answer of questions.find(({ id }) => id === at)?.answers ?? []) {
      if (answer.scam === scam) return [...said, answer.say]
      if (answer.next) ways.push({ at: answer.next, said: [...said, answer.say] })
    }
  throw new Error(`The playbook does not name ${scam}.`)
}
