import type { TFunction } from 'i18next'

export type LeafValue = number | string | boolean

/** One setting of a document: `['retrySeconds', 'no_answer']` and its value. */
export interface Leaf {
  path: readonly string[]
  value: LeafValue
}

const separator = ', '

/** A document as a flat list, in its own order. A list of words is one line of words. */
export function leavesIn(document: object, path: readonly string[] = []): Leaf[] {
  return Object.entries(document).flatMap(([key, value]: [string, unknown]) => {
    const at = [...path, key]
    if (Array.isArray(value) && !value.some((item) => typeof item === 'object')) return [{ path: at, value: value.join(separator) }]
    return typeof value === 'object' && value !== null ? leavesIn(value, at) : [{ path: at, value: value as LeafValue }]
  })
}

export interface LeafChange {
  path: readonly string[]
  from: LeafValue | undefined
  to: LeafValue | undefined
}

/** What differs between two documents, setting by setting. */
export function changesOf(before: object, after: object): LeafChange[] {
  const old = new Map(leavesIn(before).map(({ path, value }) => [path.join('.'), value]))
  const fresh = new Map(leavesIn(after).map(({ path, value }) => [path.join('.'), value]))
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((name) =>
    old.get(name) === fresh.get(name) ? [] : [{ path: name.split('.'), from: old.get(name), to: fresh.get(name) }],
  )
}

/** What differs between two descriptions in words, each with its setting's name. */
export function changesInWords(before: Record<string, string>, after: Record<string, string>): { name: string; from: string | undefined; to: string | undefined }[] {
  return Object.keys({ ...before, ...after }).flatMap((name) => (before[name] === after[name] ? [] : [{ name, from: before[name], to: after[name] }]))
}

/** A setting's value as people read it; undefined stays so: there was none. */
export function valueInWords(t: TFunction, value: LeafValue | null | undefined): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  return value === null ? '–' : String(value)
}
