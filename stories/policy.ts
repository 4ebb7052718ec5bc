import type { Policy } from '../domain/policy'
import type { Stage } from './stage'

/** Puts another policy in force, so that days pass in seconds. Cases that are open already keep theirs. */
export async function changePolicy(stage: Stage, change: (policy: Policy) => Partial<Policy>): Promise<void> {
  const { page } = await stage.dashboard('administrator.one@demo.example', '/admin/policy')
  const current = await page.evaluate<Policy>(`fetch('/v1/admin/policy').then((answer) => answer.json()).then(({ current }) => current.body)`)
  const body = JSON.stringify({ ...current, ...change(current) })
  const status = await page.evaluate<number>(
    `fetch('/v1/admin/policy', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }).then(({ status }) => status)`,
  )
  if (status !== 201) throw new Error(`The policy of the story was answered with ${status}.`)
  await page.close()
}

export const secondsInDays = (seconds: number) => seconds / 86_400
