import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CallbackTarget } from '../webhooks/callbacks'
import { badRequest } from './error'

export type Fields = Record<string, string | string[] | undefined>

/** Reads the fields of one form as Twilio does: lenient about numbers, strict about addresses and URLs. */
export interface Form {
  text(name: string): string | null
  flag(name: string): boolean | null
  whole(name: string, otherwise: number, low: number, high: number): number
  method(name: string, otherwise?: 'GET' | 'POST'): 'GET' | 'POST'
  url(name: string, code?: number): string | null
  list(name: string): string[]
  oneOf<T extends string>(name: string, allowed: readonly T[], otherwise: T, code?: number): T
  /** `StatusCallback`, `StatusCallbackMethod` and `StatusCallbackEvent`, or another name of that family; `otherwise` when no events are asked for. */
  callback(name: string, kind: keyof typeof eventsOf, otherwise?: string[]): CallbackTarget | null
}

/** What a callback can be asked to tell; of messages and answering machines there is but one thing to tell. */
const eventsOf = {
  call: ['initiated', 'ringing', 'answered', 'completed'],
  conference: ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'speaker', 'announcement'],
  recording: ['in-progress', 'completed', 'absent'],
  result: ['completed'],
} as const

export function formOf(fields: Fields | undefined): Form {
  const text = (name: string) => {
    const value = fields?.[name]
    const one = Array.isArray(value) ? value.at(-1) : value
    return one === undefined || one === '' ? null : one
  }
  const form: Form = {
    text,
    flag(name) {
      const value = text(name)?.toLowerCase()
      if (value === undefined) return null
      if (value !== 'true' && value !== 'false') throw badRequest(20001, `Invalid parameter ${name}: ${value}`)
      return value === 'true'
    },
    whole(name, otherwise, low, high) {
      const value = text(name)
      if (value === null) return otherwise
      if (!/^-?\d+$/.test(value) || Number(value) < low || Number(value) > high) throw badRequest(20001, `Invalid parameter ${name}: ${value}`)
      return Number(value)
    },
    method(name, otherwise = 'POST') {
      const value = text(name)?.toUpperCase() ?? otherwise
      if (value !== 'GET' && value !== 'POST') throw badRequest(20001, `Invalid parameter ${name}: ${value}`)
      return value
    },
    url(name, code = 21205) {
      const value = text(name)
      if (value === null) return null
      if (!/^https?:\/\/[^\s]+$/i.test(value) || !URL.canParse(value)) throw badRequest(code, `${name} is not a valid URL: ${value}`)
      return value
    },
    list(name) {
      const value = fields?.[name]
      const all = Array.isArray(value) ? value : value === undefined ? [] : [value]
      return all.flatMap((v) => v.split(/[\s,]+/)).filter(Boolean)
    },
    oneOf(name, allowed, otherwise, code = 20001) {
      const value = text(name) ?? otherwise
      const found = allowed.find((one) => one === value)
      if (found === undefined) throw badRequest(code, `Invalid parameter ${name}: ${value}`)
      return found
    },
    callback(name, kind, otherwise = ['completed']) {
      const url = form.url(name, 21609)
      const asked = form.list(`${name}Event`)
      const unknown = asked.find((event) => !eventsOf[kind].some((known) => known === event))
      if (unknown !== undefined) throw badRequest(21626, `Invalid ${name}Event: ${unknown}`)
      if (url === null) return null
      return { url, method: form.method(`${name}Method`), events: asked.length > 0 ? asked : otherwise }
    },
  }
  return form
}

/** Whether the text is a number that a telephone network could route: E.164 and of a possible length. */
export function isPhoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text) && (parsePhoneNumberFromString(text)?.isPossible() ?? false)
}
