import { signIn, type Browser } from '../api/browser'
import { openEvents, type EventReader } from '../api/events'
import { flag, postFlag } from '../support/flag'
import type { Stack } from '../support/stack'

export const payersPhone = '+8613800000001'

/** The leg of a browser in a call, and what was said where it could be heard. */
export interface Leg {
  callSid: string
  say(text: string): Promise<void>
  heard(): string[]
  state(): string | undefined
  /** As when the browser dies: nothing is hung up. */
  vanish(): void
}

/** Somebody at a desk without a screen: signed in, with an event stream and a softphone. */
export interface Desk {
  id: string
  browser: Browser
  events: EventReader
  available(): Promise<void>
  /** Takes the next offer. @returns the case */
  accept(): Promise<string>
  dialIn(caseId: string): Promise<Leg>
  verdict(caseId: string, paymentId: string, verdict?: string): Promise<number>
  /** As when the browser dies. */
  vanish(): void
}

export async function openDesk(stack: Stack, number: number, role = 'agent'): Promise<Desk> {
  const account = stack.users.filter((user) => user.role === role)[number]!
  const browser = await signIn(stack.api.url, account.email, account.password)
  const { id } = (await browser.send('GET', '/v1/session')).body.user
  const events = await browser.events('/v1/desk/events')
  const legs: Leg[] = []
  return {
    id,
    browser,
    events,
    available: async () => void (await browser.send('PUT', '/v1/desk/presence', { status: 'available' })),
    async accept() {
      const { offerId, caseId } = await events.next('offer')
      const { status } = await browser.send('POST', `/v1/desk/offers/${offerId}/accept`)
      if (status !== 200) throw new Error(`accepting answered ${status}`)
      return caseId
    },
    async dialIn(caseId) {
      const { body: access } = await browser.send('GET', '/v1/desk/softphone')
      const headers = { authorization: `Bearer ${access.token}`, 'content-type': 'application/json' }
      const calls = `${access.url}/sim/softphone/calls`
      const placed = await fetch(calls, { method: 'POST', headers, body: JSON.stringify({ params: { caseId } }) })
      const { callSid } = (await placed.json()) as { callSid: string }
      const told = await openEvents(`${calls}/${callSid}/events`, headers)
      const leg: Leg = {
        callSid,
        say: async (text) => void (await fetch(`${calls}/${callSid}/say`, { method: 'POST', headers, body: JSON.stringify({ text }) })),
        heard: () => told.received.flatMap(({ event, data }) => (event === 'transcript' ? [data.text] : [])),
        state: () => told.received.findLast(({ event }) => event === 'state')?.data.state,
        vanish: () => told.close(),
      }
      legs.push(leg)
      return leg
    },
    async verdict(caseId, paymentId, verdict = 'owner_confirmed') {
      return (await browser.send('POST', `/v1/desk/cases/${caseId}/verdicts`, { verdicts: [{ paymentId, verdict }] })).status
    },
    vanish() {
      events.close()
      for (const leg of legs) leg.vanish()
    },
  }
}

/** The phone of the payer, or of somebody else, which is played by who answers, presses these keys, and stays on the line. */
export function payersTelephone(stack: Stack, number = payersPhone, presses: string[] = []) {
  const ask = async (method: string, path: string, body?: unknown) =>
    fetch(`${stack.simulator.url}/sim${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })
  const phone = encodeURIComponent(number)
  return {
    ready: () => ask('PUT', `/phones/${phone}`, { persona: 'answers', answersAfterSeconds: 0, patienceSeconds: 3_600, says: [], presses }),
    async rings(): Promise<{ callSid: string }[]> {
      return (await (await ask('GET', `/phones/${phone}/rings`)).json()) as { callSid: string }[]
    },
    say: (callSid: string, text: string) => ask('POST', `/calls/${callSid}/say`, { text }),
    hangUp: (callSid: string) => ask('POST', `/calls/${callSid}/hangup`),
    async heard(callSid: string): Promise<string[]> {
      const call = (await (await ask('GET', `/calls/${callSid}`)).json()) as { transcript: { text: string }[] }
      return call.transcript.map(({ text }) => text)
    },
    async flag(paymentId: string): Promise<string> {
      const answer = await postFlag(stack.api.url, stack.secrets.riskEngineKey, flag(paymentId))
      return ((await answer.json()) as { caseId: string }).caseId
    },
  }
}
