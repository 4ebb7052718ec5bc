import type { ScriptDocument } from '../api/rules'

/** One text of a script; a list is one text with a line for each. */
export interface ScriptText {
  path: readonly string[]
  text: string
}

/** The texts of one part of a script, in the order of the built-in ones. */
export function textsOf(part: object, path: readonly string[] = []): ScriptText[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [{ path: [...path, key], text: value.join('\n') }]
    return typeof value === 'object' && value !== null ? textsOf(value, [...path, key]) : [{ path: [...path, key], text: String(value) }]
  })
}

export function withText(document: ScriptDocument, path: readonly string[], text: string): ScriptDocument {
  return put(document, path, text) as ScriptDocument
}

function put(target: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined) return Array.isArray(target) ? text.split('\n').filter((line) => line.trim() !== '') : text
  const part = target as Record<string, unknown>
  return { ...part, [key]: put(part[key], rest, text) }
}

/** PostgreSQL keeps no order of keys; people read a script in the order in which a call goes. */
export function inOrderOf<T extends object>(model: T, stored: T): T {
  return Object.fromEntries(
    Object.entries(model).map(([key, value]: [string, unknown]) => {
      const own: unknown = stored[key as keyof T]
      return [key, typeof value === 'object' && value !== null && !Array.isArray(value) ? inOrderOf(value, own as object) : own]
    }),
  ) as T
}
