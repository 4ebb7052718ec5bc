import type { Stage } from './stage'

export interface StoryPerson {
  id: string
  name: { en: string; 'zh-CN': string }
  phone: string
  security?: { digitalCertificate: boolean; realNameVerified: boolean; phoneBound: boolean }
}

export const mrLi: StoryPerson = { id: 'story-li', name: { en: 'Mr Li', 'zh-CN': '李先生' }, phone: '+8613800000001' }
export const mrZhang: StoryPerson = { id: 'story-zhang', name: { en: 'Mr Zhang', 'zh-CN': '张先生' }, phone: '+8613800000002' }
export const msWang: StoryPerson = { id: 'story-wang', name: { en: 'Ms Wang', 'zh-CN': '王女士' }, phone: '+8613800000003' }

/** Gives somebody a wallet in the language of the story. */
export async function giveWallet({ simulatorUrl, language }: Stage, { id, name, phone, security }: StoryPerson): Promise<void> {
  await ask(`${simulatorUrl}/sim/wallet/people/${id}`, 'PUT', { name: name[language], phone, locale: language, ...(security && { security }) })
}

/** What the person's phone does when it rings. */
export async function putPhone({ simulatorUrl }: Stage, { phone }: Pick<StoryPerson, 'phone'>, behaviour: object): Promise<void> {
  await ask(`${simulatorUrl}/sim/phones/${encodeURIComponent(phone)}`, 'PUT', behaviour)
}

/** Money that moves between accounts of the simulated ledger, such as `payee:chen-3`, without us; in fen. */
export async function moveMoney({ simulatorUrl }: Stage, key: string, from: string, to: string, fen: number): Promise<void> {
  const why = { caseId: 'story', reason: 'story', actor: 'story' }
  await ask(`${simulatorUrl}/sim/ledger/transfers/${key}`, 'PUT', { paymentId: key, from, to, amount: { amount: fen, currency: 'CNY' }, ...why })
}

/** @throws with what was answered, when it is no success */
export async function ask<T>(url: string, method: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return JSON.parse(text) as T
}
