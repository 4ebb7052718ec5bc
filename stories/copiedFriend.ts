import type { Stage } from './stage'

/** Somebody has copied a friend's picture and nickname; the real name behind them is asked for. */
export async function copiedFriend(stage: Stage): Promise<void> {
  const li = await stage.wallet('li-1001')
  await li.go('#/transfer')
  await li.page.locator('select[name=payeeId]').selectOption('wei-6006')
  await li.page.locator('input[name=amount]').fill('5000')
  await li.press('transferNext')
  await li.sees('transferName')
  await stage.picture(li.page, 'transfer-name')
  await li.page.locator('input[name=realName]').fill('子龙')
  await li.press('transferComplete')
  await li.sees('transferWrong')
  await stage.picture(li.page, 'transfer-wrong')
}
