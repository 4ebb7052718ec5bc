import type { DashboardPage } from './stage'

/** The agent says that they are free, and it has been noted. */
export async function goAvailable(desk: DashboardPage): Promise<void> {
  await desk.page
    .getByRole('main')
    .getByRole('button', { name: desk.text('desk.presence.goAvailable') })
    .click()
  await desk.sees('desk.waiting.availableTitle')
}

/** The first case of a list. */
export async function openFirst(desk: DashboardPage): Promise<void> {
  await desk.page.getByRole('table').getByRole('link').first().click()
}

/** Takes the case that is offered. An offer takes no key in its first moment, for somebody may just be typing. */
export async function acceptOffer(desk: DashboardPage): Promise<void> {
  const offer = desk.page.getByRole('alertdialog')
  await offer.waitFor()
  const accept = offer.getByRole('button', { name: desk.text('desk.offer.accept') })
  while (await offer.isVisible()) {
    await accept.click({ timeout: 1_000 }).catch(() => undefined)
    await offer.waitFor({ state: 'hidden', timeout: 1_000 }).catch(() => undefined)
  }
}
