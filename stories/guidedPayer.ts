import type { Stage, WalletPage } from './stage'

/** After the call: the steps come as a message, he takes the first one, and the report says that he did. */
export async function followGuidance(stage: Stage, wallet: WalletPage): Promise<void> {
  await wallet.go('#/inbox')
  const step = wallet.text('security-digitalCertificate')
  await wallet.page.locator('ul.notices').getByText(step).waitFor()
  await stage.picture(wallet.page, 'li-7-steps')
  await wallet.go('#/security')
  await stage.picture(wallet.page, 'li-8-security')
  await wallet.page.getByRole('button', { name: `${step}: ${wallet.text('security-do-digitalCertificate')}` }).click()
  await wallet.sees('security-there')

  const supervisor = await stage.dashboard('supervisor.one@demo.example', '/guidance')
  // The report is read when the page is opened; the second look comes in its own time.
  const raised = supervisor.page.getByText(supervisor.text('guidance.lead', { share: '100%', raised: '1', looked: '1', guided: '1' }))
  while (!(await raised.isVisible())) {
    await supervisor.page.waitForTimeout(2_000)
    await supervisor.page.reload()
    await supervisor.page.getByRole('table').or(supervisor.page.getByText(supervisor.text('guidance.none'))).first().waitFor()
  }
  await stage.picture(supervisor.page, 'li-9-raised')
}
