import { useState } from 'react'

/** What is being written in one chat. It outlives the way to another chat and back, and a reload. */
export function useChatDraft(caseId: string): [draft: string, write: (text: string) => void] {
  const storageKey = `chat:${caseId}`
  const [draft, setDraft] = useState(() => sessionStorage.getItem(storageKey) ?? '')
  return [
    draft,
    (text) => {
      setDraft(text)
      if (text === '') sessionStorage.removeItem(storageKey)
      else sessionStorage.setItem(storageKey, text)
    },
  ]
}
