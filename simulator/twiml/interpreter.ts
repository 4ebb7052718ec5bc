import { until, wait } from '../clock'
import type { Instructions } from '../network/call'
import { type Leg, Redirected } from '../network/leg'
import type { WebhookClient } from '../webhooks/client'
import { method, resolve } from './attributes'
import { ApplicationError, type Document, parseTwiml } from './document'
import { ask, type Next, type Page, type Perform, type VerbDeps } from './page'
import { dial } from './verbs/dial'
import { enqueue } from './verbs/enqueue'
import { createGather } from './verbs/gather'
import { record } from './verbs/record'
import { pause, play, reject, say } from './verbs/sound'

/** How the instructions ended: the call is to be hung up, or was never answered. */
export type Ending = 'hangup' | { reject: 'busy' | 'rejected' }

type Source = { url: string | null | undefined; method: 'GET' | 'POST' }

export interface Interpreter {
  /** Carries out instructions, and those that they lead to, until they end. `answer` is called when the first verb needs an answered call. */
  run(leg: Leg, first: Instructions, answer: () => void): Promise<Ending>
  /** Plays a document of Say, Play, Pause and Redirect; `undefined` is Twilio's own hold music. */
  play(leg: Leg, source: Source, signal: AbortSignal, fields?: Record<string, string>): Promise<Next>
}

type Deps = Omit<VerbDeps, 'play' | 'wait'> & { client: WebhookClient }

const apology = 'We are sorry. An application error has occurred. Goodbye.'
const musical = new Set(['Say', 'Play', 'Pause', 'Redirect', 'Leave'])
const unanswered = new Set(['Reject', 'Pause'])

export function createInterpreter({ client, ...rest }: Deps): Interpreter {
  const { clock, callbook, alerts } = rest

  /** Asks for the document; a failing URL is tried once more at its fallback. */
  async function obtain(leg: Leg, wanted: Instructions, signal: AbortSignal): Promise<{ document: Document; url: string | null }> {
    if (wanted.twiml !== null) return { document: parse(wanted.twiml, null, leg), url: wanted.url }
    try {
      return await fetchPage(leg, wanted.url!, wanted.method, wanted.fields ?? {}, signal)
    } catch (error) {
      if (!(error instanceof ApplicationError) || wanted.fallbackUrl === null) throw error
      alerts.raise(error.code, error.message, error.url, leg.sid)
      const why = { ErrorCode: String(error.code), ErrorUrl: wanted.url! }
      return fetchPage(leg, wanted.fallbackUrl, wanted.fallbackMethod, { ...wanted.fields, ...why }, signal)
    }
  }

  async function fetchPage(leg: Leg, url: string, how: 'GET' | 'POST', extra: Record<string, string>, signal: AbortSignal) {
    const fields = { ...callbook.fields(callbook.get(leg.sid)!), ...extra }
    const answer = await client.send({ url, method: how, fields }, signal)
    if (!answer.ok) {
      const code = answer.trouble === 'rt' ? 11205 : 11200
      throw new ApplicationError(code, `HTTP retrieval failure: ${answer.message}`, url)
    }
    const type = answer.contentType.split(';')[0]!.trim().toLowerCase()
    if (type.startsWith('audio/'))
      return { document: parse(`<Response><Play>${answer.url.replaceAll('&', '&amp;')}</Play></Response>`, url, leg), url: answer.url }
    if (!/^(text|application)\/(xml|html|.*\+xml)$/.test(type)) throw new ApplicationError(12300, `Invalid Content-Type "${type}"`, url)
    return { document: parse(answer.body, answer.url, leg), url: answer.url }
  }

  function parse(xml: string, url: string | null, leg: Leg): Document {
    const document = parseTwiml(xml)
    for (const warning of document.warnings) alerts.raise(12200, warning, url, leg.sid)
    return document
  }

  const performers: Record<string, Perform> = {
    Say: say,
    Play: play,
    Pause: pause,
    Gather: createGather((verb, page) => perform(verb, page)),
    Dial: dial,
    Record: record,
    Enqueue: enqueue,
    Reject: reject,
    Leave: () => Promise.resolve('leave'),
    Hangup: () => Promise.resolve('hangup'),
    Redirect: (verb, page) => {
      if (verb.text === '' && page.url === null) throw new ApplicationError(11100, 'Redirect: no URL, and the document has none of its own')
      return Promise.resolve(ask(resolve(verb.text, page.url), method(verb, 'method')))
    },
  }
  const perform: Perform = (verb, page) => performers[verb.name]!(verb, page)

  async function playSource(leg: Leg, source: Source, signal: AbortSignal, fields: Record<string, string> = {}): Promise<Next> {
    if (source.url === null) return until(signal)
    if (source.url === undefined) {
      leg.hear('voice', 'hold music', 'sound')
      return until(signal)
    }
    let next: Instructions = ask(source.url, source.method).go
    for (;;) {
      const page = await obtain(leg, { ...next, fields }, signal)
      let went: Next
      for (const verb of page.document.verbs) {
        if (!musical.has(verb.name)) throw new ApplicationError(13232, `<${verb.name}> is not allowed while waiting`, page.url)
        went = await perform(verb, { leg, url: page.url, method: next.method, signal, deps })
        if (went) break
      }
      if (!went || typeof went === 'string' || !('go' in went)) return went
      next = went.go
      // A document that only redirects to itself would spin.
      await wait(10, signal)
    }
  }

  const deps: VerbDeps = {
    ...rest,
    play: async (leg, source, signal) => void (await playSource(leg, source, signal)),
    async wait(leg, source, signal, fields) {
      const went = await playSource(leg, source, signal, fields)
      // A wait document that runs out is followed by silence, not by the next verb.
      return went === 'leave' ? went : until(signal)
    },
  }

  async function carryOut(leg: Leg, instructions: Instructions, answer: () => void, signal: AbortSignal): Promise<Next> {
    const { document, url } = await obtain(leg, instructions, signal)
    const page: Page = { leg, url, method: instructions.method, signal, deps }
    for (const verb of document.verbs) {
      if (!unanswered.has(verb.name)) answer()
      const next = await perform(verb, page)
      if (next) return next
    }
    return 'hangup'
  }

  return {
    play: playSource,
    async run(leg, first, answer) {
      let instructions = first
      for (;;) {
        const signal = leg.beginTurn()
        try {
          const next = await carryOut(leg, instructions, answer, signal)
          if (next === undefined || next === 'hangup' || next === 'leave') return 'hangup'
          if ('reject' in next) return next
          instructions = next.go
        } catch (error) {
          if (leg.over.signal.aborted) throw leg.over.signal.reason
          if (signal.reason instanceof Redirected) instructions = signal.reason.instructions
          else if (error instanceof ApplicationError) {
            alerts.raise(error.code, error.message, error.url ?? instructions.url, leg.sid)
            answer()
            leg.hear('voice', apology)
            await clock.pass(3_000, leg.over.signal)
            return 'hangup'
          } else throw error
        }
      }
    },
  }
}
