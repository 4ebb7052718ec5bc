import type { Policy } from '../../../domain/policy'
import { admin } from '../language/en/admin'
import { terms } from '../language/en/terms'

const order = [...Object.keys(admin.policy.setting), ...Object.keys(terms.verdict), ...Object.keys(terms.attemptOutcome), ...Object.keys(terms.ending)]

const separator = ', '

export type LeafValue = number | string | boolean

/** One setting of the policy: `['retrySeconds', 'no_answer']` and its value. */
export interface Leaf {
  path: readonly string[]
  value: LeafValue
}

/** The policy as a flat list; a setting added by a later version appears by itself, at the end. */
export function leavesOf(policy: object, path: readonly string[] = []): Leaf[] {
  return inOrder(Object.entries(policy)).flatMap(([key, value]: [string, unknown]) =>
    Array.isArray(value) ? [{ path: [...path, key], value: value.join(separator) }] : typeof value === 'object' && value !== null ? leavesOf(value, [...path, key]) : [{ path: [...path, key], value: value as LeafValue }],
  )
}

/** PostgreSQL keeps no order of keys; people read them in the order in which a call goes. */
export function inOrder<T>(entries: [string, T][]): [string, T][] {
  const place = (key: string) => order.indexOf(key) + 1 || order.length + 1
  return entries.toSorted(([a], [b]) => place(a) - place(b))
}

export function withLeaf(policy: Policy, [key, ...rest]: readonly string[], value: LeafValue): Policy {
  return put(policy, [key ?? '', ...rest], value) as unknown as Policy
}

function put(target: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: LeafValue): Record<string, unknown> {
  // A list is edited as a line of words.
  if (rest.length === 0 && Array.isArray(target[key])) return { ...target, [key]: String(value).split(',').map((word) => word.trim()).filter(Boolean) }
  return { ...target, [key]: rest.length === 0 ? value : put(target[key] as Record<string, unknown>, rest, value) }
}

export interface LeafChange {
  path: readonly string[]
  from: LeafValue | undefined
  to: LeafValue | undefined
}

/** What differs between two policies, setting by setting. */
export function changesOf(before: object, after: object): LeafChange[] {
  const old = new Map(leavesOf(before).map(({ path, value }) => [path.join('.'), value]))
  const fresh = new Map(leavesOf(after).map(({ path, value }) => [path.join('.'), value]))
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((name) =>
    old.get(name) === fresh.get(name) ? [] : [{ path: name.split('.'), from: old.get(name), to: fresh.get(name) }],
  )
}
