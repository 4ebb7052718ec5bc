import { oneOf, whole } from '../attributes'
import { ApplicationError, type Verb } from '../document'
import type { Next, Page } from '../page'
import { speakingMs } from '../speech'

const forEver = 1_000
const playedFileMs = 3_000

export async function say(verb: Verb, { leg, deps, signal }: Page): Promise<Next> {
  if (verb.text.length > 4_096) throw new ApplicationError(13520, 'Say: the text is longer than 4096 characters')
  const loops = whole(verb, 'loop', 1, 0) || forEver
  for (let i = 0; i < loops && verb.text !== ''; i++) {
    leg.hear('voice', verb.text, 'speech', verb.attributes.language ?? 'en-US')
    await deps.clock.pass(speakingMs(verb.text), signal)
  }
  return undefined
}

/** A file's real length is not known here; each takes three seconds, a key's tone a quarter. */
export async function play(verb: Verb, { leg, deps, signal }: Page): Promise<Next> {
  const digits = verb.attributes.digits
  if (digits !== undefined) {
    leg.hear('voice', digits, 'keys')
    await deps.clock.pass(250 * digits.length, signal)
    return undefined
  }
  if (verb.text === '') throw new ApplicationError(13420, 'Play: no URL')
  const loops = whole(verb, 'loop', 1, 0) || forEver
  for (let i = 0; i < loops; i++) {
    leg.hear('voice', verb.text, 'sound')
    await deps.clock.pass(playedFileMs, signal)
  }
  return undefined
}

export async function pause(verb: Verb, { deps, signal }: Page): Promise<Next> {
  await deps.clock.pass(whole(verb, 'length', 1, 0) * 1000, signal)
  return undefined
}

export async function reject(verb: Verb): Promise<Next> {
  return { reject: oneOf(verb, 'reason', ['rejected', 'busy'], 'rejected') }
}
