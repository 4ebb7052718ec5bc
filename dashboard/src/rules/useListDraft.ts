import { useState } from 'react'

/** A list of which one item is edited at a time, and which is looked at as a whole before it is in force. */
export function useListDraft<Item>() {
  const [editing, setEditing] = useState<Item | 'new'>()
  const [draft, setDraft] = useState<Item[]>()
  return {
    /** What the form shows; undefined while there is none. */
    editing: draft === undefined ? editing : undefined,
    /** What the list is to be. */
    draft,
    edit: (item: Item | 'new' | undefined) => setEditing(() => item),
    /** @param changed what the edited item is to be; undefined: off the list */
    review(list: readonly Item[], changed: Item | undefined): void {
      const at = editing === 'new' || editing === undefined ? -1 : list.indexOf(editing)
      if (at === -1) setDraft(changed === undefined ? [...list] : [...list, changed])
      else setDraft(list.flatMap((one, index) => (index === at ? (changed ?? []) : one)))
    },
    /** Back to the form. */
    takeBack: () => setDraft(undefined),
    done(): void {
      setDraft(undefined)
      setEditing(undefined)
    },
  }
}
