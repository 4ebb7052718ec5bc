import { giveWallet, mrLi } from './payer'
import type { Stage } from './stage'

/** Somebody has copied a friend's picture and nickname; the real name behind them is asked for. */
export async function copiedFriend(stage: Stage): Promise<void> {
  await giveWallet(stage, mrLi)
  const li = await stage.wallet(mrLi.id)
  await li.go('#/transfer')
  await li.page.locator('select[name=payeeId]').selectOption('wei-6006')
  await li.page.locator('input[name=amount]').fill('5000')
  await li.press('transferNext')
  await li.sees('transferName')
  await stage.picture(li.page, 'friend-1-name')
  await li.page.locator('input[name=realName]').fill('子龙')
  await li.press('transferComplete')
  await li.sees('transferWrong')
  await stage.picture(li.page, 'friend-2-wrong')

  await li.press('transferOther')
  await li.page.locator('select[name=payeeId]').selectOption('zhao-5005')
  await li.page.locator('input[name=amount]').fill('5000')
  await li.press('transferNext')
  await li.page.locator('input[name=realName]').fill('子龙')
  await li.press('transferComplete')
  await li.sees('transferMayGo')
  await stage.picture(li.page, 'friend-3-right')
}
