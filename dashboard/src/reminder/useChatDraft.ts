import { useState } from 'react'

/** What is being written in one chat. It outlives the way to another chat and back, and a reload. */
export function useChatDraft(caseId: string): [draft: string, write: (change: (draft: string) => string) => void] {
  const storageKey = `chat:${caseId}`
  const stored = () => sessionStorage.getItem(storageKey) ?? ''
  const [draft, setDraft] = useState(stored)
  return [
    draft,
    (change) => {
      const text = change(stored())
      setDraft(text)
      if (text === '') sessionStorage.removeItem(storageKey)
      else sessionStorage.setItem(storageKey, text)
    },
  ]
}
