import type { Policy } from '../../../domain/policy'
import { admin } from '../language/en/admin'
import { terms } from '../language/en/terms'
import { leavesIn, type Leaf, type LeafValue } from '../review/changes'

const order = [...Object.keys(admin.policy.setting), ...Object.keys(terms.verdict), ...Object.keys(terms.attemptOutcome), ...Object.keys(terms.ending)]

/** The policy as a flat list; a setting added by a later version appears by itself, at the end. */
export function leavesOf(policy: object, path: readonly string[] = []): Leaf[] {
  return inOrder(Object.entries(policy)).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? leavesOf(value, [...path, key]) : leavesIn({ [key]: value }, path),
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

/** The settings of an earlier version; one that it did not have yet stays as it is. */
export function withEarlier(policy: Policy, earlier: Policy): Policy {
  const known = new Set(leavesOf(policy).map(({ path }) => path.join('.')))
  return leavesOf(earlier)
    .filter(({ path }) => known.has(path.join('.')))
    .reduce((draft, { path, value }) => withLeaf(draft, path, value), policy)
}

function put(target: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: LeafValue): Record<string, unknown> {
  // A list is edited as a line of words.
  if (rest.length === 0 && Array.isArray(target[key])) return { ...target, [key]: String(value).split(',').map((word) => word.trim()).filter(Boolean) }
  return { ...target, [key]: rest.length === 0 ? value : put(target[key] as Record<string, unknown>, rest, value) }
}
