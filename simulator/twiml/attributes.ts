import type { CallbackTarget } from '../webhooks/callbacks'
import { ApplicationError, type Verb } from './document'

/** An attribute with a bad value is an error of the document, as its element's own rule is. */
function bad(verb: Verb, name: string): ApplicationError {
  return new ApplicationError(12200, `Attribute '${name}' of <${verb.name}> has the invalid value "${verb.attributes[name]}"`)
}

export function whole(verb: Verb, name: string, otherwise: number, low = 0, high = Number.MAX_SAFE_INTEGER): number {
  const value = verb.attributes[name]
  if (value === undefined) return otherwise
  if (!/^-?\d+$/.test(value) || Number(value) < low || Number(value) > high) throw bad(verb, name)
  return Number(value)
}

export function flag(verb: Verb, name: string, otherwise: boolean): boolean {
  const value = verb.attributes[name]
  if (value === undefined) return otherwise
  if (value !== 'true' && value !== 'false') throw bad(verb, name)
  return value === 'true'
}

export function method(verb: Verb, name: string, otherwise: 'GET' | 'POST' = 'POST'): 'GET' | 'POST' {
  const value = verb.attributes[name]?.toUpperCase()
  if (value === undefined) return otherwise
  if (value !== 'GET' && value !== 'POST') throw bad(verb, name)
  return value
}

export function oneOf<T extends string>(verb: Verb, name: string, allowed: readonly T[], otherwise: T): T {
  const value = verb.attributes[name]
  if (value === undefined) return otherwise
  if (!allowed.includes(value as T)) throw bad(verb, name)
  return value as T
}

/** An attribute's URL, made absolute against the document's own; an empty one means that document. */
export function url(verb: Verb, name: string, base: string | null): string | null {
  const value = verb.attributes[name]
  return value === undefined ? null : resolve(value, base)
}

export function resolve(reference: string, base: string | null): string {
  const trimmed = reference.trim()
  if (trimmed === '' && base) return base
  try {
    return base ? absolute(trimmed, base) : new URL(trimmed).href && trimmed
  } catch {
    throw new ApplicationError(11100, `Invalid URL format: "${trimmed}"`, base)
  }
}

// A URL that is absolute already must keep its spelling: the signature is over what was written.
function absolute(reference: string, base: string): string {
  return /^https?:\/\//i.test(reference) ? (new URL(reference), reference) : new URL(reference, base).href
}

/** `statusCallback` and its companions, with `prefix` being the first of these names. */
export function callbackTarget(verb: Verb, prefix: string, base: string | null, otherwise: string[]): CallbackTarget | null {
  const target = url(verb, prefix, base)
  if (!target) return null
  const events = verb.attributes[`${prefix}Event`]?.split(/[\s,]+/).filter(Boolean) ?? otherwise
  return { url: target, method: method(verb, `${prefix}Method`), events }
}
