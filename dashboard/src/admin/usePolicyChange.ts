import type { Change } from '../review/Changes'
import type { LeafChange } from '../review/changes'
import { useLeafText } from './leafText'

/** A change of the policy, with the setting's name in words. */
export function usePolicyChange(): (change: LeafChange) => Change {
  const text = useLeafText()
  return ({ path, from, to }) => ({ name: text.full(path), from: text.value(from), to: text.value(to) })
}
