import { useState } from 'react'

export interface ListDraft<Item> {
  /** What the form shows; undefined while there is none. */
  editing: Item | 'new' | undefined
  /** What the list is to be. */
  draft: Item[] | undefined
  edit(item: Item | 'new' | undefined): void
  /** @param changed what the edited item is to be; undefined: off the list */
  review(list: readonly Item[], changed: Item | undefined): void
  /** Back to the form. */
  takeBack(): void
  done(): void
}

/** A list of which one item is edited at a time, and which is looked at as a whole before it is in force. */
export function useListDraft<Item>(): ListDraft<Item> {
  const [editing, setEditing] = useState<Item | 'new'>()
  const [draft, setDraft] = useState<Item[]>()
  return {
    editing: draft === undefined ? editing : undefined,
    draft,
    edit: (item: Item | 'new' | undefined) => setEditing(() => item),
    review(list: readonly Item[], changed: Item | undefined): void {
      const at = editing === 'new' || editing === undefined ? -1 : list.indexOf(editing)
      if (at === -1) setDraft(changed === undefined ? [...list] : [...list, changed])
      else setDraft(list.flatMap((one, index) => (index === at ? (changed ?? []) : one)))
    },
    takeBack: () => setDraft(undefined),
    done(): void {
      setDraft(undefined)
      setEditing(undefined)
    },
  }
}
