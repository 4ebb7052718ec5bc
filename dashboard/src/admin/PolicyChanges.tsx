import { Changes } from '../review/Changes'
import type { LeafChange } from '../review/changes'
import { useLeafText } from './leafText'

/** Changes of the policy, with the settings' names in words. */
export function PolicyChanges({ changes }: { changes: readonly LeafChange[] }) {
  const change = usePolicyChange()
  return <Changes changes={changes.map(change)} />
}

export function usePolicyChange() {
  const text = useLeafText()
  return ({ path, from, to }: LeafChange) => ({ name: text.full(path), from: text.value(from), to: text.value(to) })
}
