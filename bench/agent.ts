import { setTimeout as wait } from 'node:timers/promises'
import { UnexpectedAnswer, type Http } from './http'
import type { Credentials, Product } from './product'

export interface AgentManner {
  /** From the bridged talk to the verdict. */
  talkMillis: number
  /** Keeps the softphone's event stream open, as a browser does; needed when calls last longer than its grace of 10 s. */
  watchesSoftphone: boolean
  /** Something went otherwise than expected; the shift goes on. */
  onTrouble(error: unknown): void
}

export interface SimulatedAgent {
  /** Goes off duty and resolves when the stream is closed. */
  leave(): Promise<void>
}

interface OfferSeen {
  offerId: string
  caseId: string
  payments: { paymentId: string }[]
}

interface Held {
  offer: OfferSeen
  stage: 'waiting' | 'deciding' | 'decided'
  callOver: boolean
}

/**
 * An agent's browser, without the browser: signs in, is available, accepts what is offered, dials into
 * the conference, confirms every payment, hangs up, ends the wrap-up.
 */
export async function signIn(http: Http, product: Product, account: Credentials, manner: AgentManner): Promise<SimulatedAgent> {
  const { headers: answered } = await http.ask('POST', `${product.baseUrl}/v1/session`, { body: { email: account.email, password: account.password } })
  const cookie = [answered['set-cookie']].flat().map((line) => line!.split(';')[0]!).join('; ')
  const desk = <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
    http.ask<T>(method, `${product.baseUrl}/v1/desk${path}`, { headers: { cookie }, ...(body === undefined ? {} : { body }) })
  const { body: softphone } = await desk<{ url: string; token: string }>('GET', '/softphone')
  const off = new AbortController()
  const seen = new Set<string>()
  let held: Held | undefined

  async function accept(offer: OfferSeen): Promise<void> {
    if (seen.has(offer.offerId)) return
    seen.add(offer.offerId)
    held = { offer, stage: 'waiting', callOver: false }
    await desk('POST', `/offers/${offer.offerId}/accept`)
    const { body: call } = await http.ask<{ callSid: string }>('POST', `${softphone.url}/sim/softphone/calls`, {
      headers: { authorization: `Bearer ${softphone.token}` },
      body: { params: { caseId: offer.caseId } },
    })
    if (manner.watchesSoftphone) void watch(call.callSid)
  }

  async function watch(callSid: string): Promise<void> {
    try {
      for await (const { event: _ } of http.events(`${softphone.url}/sim/softphone/calls/${callSid}/events`, { authorization: `Bearer ${softphone.token}` }, off.signal));
    } catch (error) {
      if (!off.signal.aborted) manner.onTrouble(error)
    }
  }

  async function decide(mine: Held): Promise<void> {
    mine.stage = 'deciding'
    const { caseId, payments } = mine.offer
    if (manner.talkMillis > 0) await wait(manner.talkMillis, undefined, { signal: off.signal })
    await desk('POST', `/cases/${caseId}/verdicts`, { verdicts: payments.map(({ paymentId }) => ({ paymentId, verdict: 'owner_confirmed' })) })
    mine.stage = 'decided'
    if (mine.callOver) await endWrapUp()
    else
      await desk('POST', `/cases/${caseId}/hang-up`).catch((error: unknown) => {
        // The payer was faster.
        if (!(error instanceof UnexpectedAnswer && error.status === 409)) throw error
      })
  }

  async function endWrapUp(): Promise<void> {
    held = undefined
    await desk('PUT', '/presence', { status: 'available' })
  }

  async function hear(event: string, data: string): Promise<void> {
    if (event === 'offer') await accept(JSON.parse(data) as OfferSeen)
    if (event === 'call') {
      const { caseId, contactAt } = JSON.parse(data) as { caseId: string; contactAt: string | null }
      if (contactAt && held?.stage === 'waiting' && held.offer.caseId === caseId) await decide(held)
    }
    const mine = held
    if (event === 'presence' && mine && (JSON.parse(data) as { status: string }).status === 'wrap_up') {
      mine.callOver = true
      if (mine.stage === 'waiting') await decide(mine)
      else if (mine.stage === 'decided') await endWrapUp()
    }
  }

  async function shift(): Promise<void> {
    try {
      for await (const { event, data } of http.events(`${product.baseUrl}/v1/desk/events`, { cookie }, off.signal))
        hear(event, data).catch((error: unknown) => !off.signal.aborted && manner.onTrouble(error))
    } catch (error) {
      if (!off.signal.aborted) manner.onTrouble(error)
    }
  }

  const working = shift()
  await desk('PUT', '/presence', { status: 'available' })
  return {
    async leave() {
      off.abort()
      await working
    },
  }
}

/** A whole shift signs in, a few at a time: checking a password is slow on purpose. */
export async function signInAll(http: Http, product: Product, manner: AgentManner): Promise<SimulatedAgent[]> {
  const agents: SimulatedAgent[] = []
  for (let at = 0; at < product.agents.length; at += 4)
    agents.push(...(await Promise.all(product.agents.slice(at, at + 4).map((account) => signIn(http, product, account, manner)))))
  return agents
}
