import type { HelpView } from '../../api/transferHelp/view'
import { insist } from './http'
import type { Person } from './person'
import type { PlannedHelp } from './planHelp'
import { pause, type World } from './world'

interface Heard {
  event: { type: string; data: { link?: string } }
}
type Shown = Pick<HelpView, 'status' | 'mediation' | 'proposal'>

/** One transfer that went wrong: the transfer itself, both sides and a mediator, until its case of help is closed. */
export function createStrayed(world: World, app: Person, mediator: Person, planned: PlannedHelp) {
  const { product, over } = world
  const { transferId, amount, payer, payee } = planned.body
  let caseId = ''
  const read = async () => (await app.ask<Shown>('GET', `/v1/payer/transfer-help/${caseId}`)).body

  /** Money that people move among themselves. */
  async function move(what: string, paymentId: string, from: string, to: string, minor: number): Promise<void> {
    if (minor === 0) return
    const body = { paymentId, from, to, amount: { amount: minor, currency: amount.currency }, caseId: 'none' }
    await insist(`${product.simulatorUrl}/sim/ledger/transfers/${what}-${transferId}`, { method: 'PUT', body }, over)
  }

  async function earn(): Promise<void> {
    await pause(planned.earns.afterMillis, over)
    await move('earned', `earned-${transferId}`, 'payer:employer', `payee:${payee.id}`, planned.earns.amount)
  }

  /** As the payee's app shows it; undefined when the case is over before the app has heard of it. */
  async function newestLink(): Promise<string | undefined> {
    for (;;) {
      const { body } = await insist<Heard[]>(`${product.simulatorUrl}/sim/risk-engine/events?caseId=${caseId}`, {}, over)
      const link = body.flatMap(({ event }) => (event.type === 'risk-callback.payee.asked' ? (event.data.link ?? []) : [])).at(-1)
      if (link || (await read()).status === 'closed') return link
      await pause(1_000, over)
    }
  }

  async function answerByLink(form: Record<string, string>): Promise<void> {
    const link = await newestLink()
    if (link) await insist(link, { method: 'POST', form }, over)
  }

  async function answer(): Promise<void> {
    const { answers } = planned
    if (answers !== 'telephone') await answerByLink(answers === 'parts' ? { answer: 'parts', instalments: '3' } : { answer: answers })
  }

  /** What is done once in mediation, by plan. */
  async function mediate({ proposal }: Shown): Promise<void> {
    const path = `/v1/transfer-help/${caseId}`
    if (planned.mediation === 'given_up') await mediator.ask('POST', `${path}/mediation-end`, { reason: 'They do not talk with us.' })
    if (planned.mediation === 'second_thoughts') await answerByLink({ answer: 'return' })
    if (planned.mediation !== 'agreed') return
    if (!proposal) await mediator.ask('PUT', `${path}/proposal`, { amount: Math.ceil(amount.amount / 4), instalments: 2, words: 'A quarter, and the matter is settled.' })
    await app.ask('POST', `/v1/payer/transfer-help/${caseId}/mediation-answer`, { agrees: true })
    await answerByLink({ answer: 'agree' })
  }

  async function stayWithIt(): Promise<void> {
    for (let shown = await read(); shown.status !== 'closed'; shown = await read()) {
      if (shown.status === 'mediation' && shown.mediation === null) await mediate(shown)
      await pause(1_000, over)
      over.throwIfAborted()
    }
  }

  return {
    /** @param begun told the case's id as soon as there is one */
    async live(begun: (caseId: string) => void): Promise<void> {
      await move('strayed', transferId, `payer:${payer.id}`, `payee:${payee.id}`, amount.amount)
      await move('spent', `spent-${transferId}`, `payee:${payee.id}`, 'payee:elsewhere', planned.spent)
      const opened = await app.ask<{ caseId: string }>('POST', '/v1/payer/transfer-help', planned.body)
      if (![200, 202].includes(opened.status)) throw new Error(`help with ${transferId} was answered ${opened.status} ${JSON.stringify(opened.body)}`)
      caseId = opened.body.caseId
      begun(caseId)
      await Promise.all([answer(), earn(), stayWithIt()])
    },
  }
}
