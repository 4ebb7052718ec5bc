export type Saving = 'saved' | 'saving' | 'unsaved' | 'failed'

export interface NotesText {
  text: string
  state: Saving
}

/** The notes on one case, kept until the server has them. */
export interface CaseNotes {
  snapshot(): NotesText
  subscribe(listener: () => void): () => void
  write(text: string): void
  /** Saves now what is not saved yet; `leaving`: in a way that outlives the page. */
  flush(leaving?: boolean): Promise<void>
}

export interface NotesDesk {
  /** @param stored what the server has */
  open(caseId: string, stored: string): CaseNotes
  /** Before an agent gives a case back: afterwards its notes can't be written any more. */
  flush(): Promise<void>
}

const pauseMillis = 800
const retryMillis = 3_000

/** @param save puts the text at the server */
export function createNotesDesk(save: (caseId: string, text: string, leaving: boolean) => Promise<void>): NotesDesk {
  const opened = new Map<string, CaseNotes>()
  return {
    open(caseId, stored) {
      const known = opened.get(caseId)
      if (known) return known
      const notes = createCaseNotes(stored, `notes:${caseId}`, (text, leaving) => save(caseId, text, leaving))
      opened.set(caseId, notes)
      return notes
    },
    flush: async () => void (await Promise.all([...opened.values()].map((notes) => notes.flush()))),
  }
}

function createCaseNotes(stored: string, draftKey: string, save: (text: string, leaving: boolean) => Promise<void>): CaseNotes {
  const draft = sessionStorage.getItem(draftKey)
  let now: NotesText = { text: draft ?? stored, state: 'saved' }
  let saved = stored
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  function change(part: Partial<NotesText>): void {
    now = { ...now, ...part }
    for (const listener of listeners) listener()
  }

  function later(millis: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), millis)
  }

  async function flush(leaving = false): Promise<void> {
    clearTimeout(timer)
    const sent = now.text
    if (sent === saved) return change({ state: 'saved' })
    change({ state: 'saving' })
    try {
      await save(sent, leaving)
    } catch {
      // Told by the state; the draft outlives a reload, and the next try is soon.
      change({ state: 'failed' })
      return later(retryMillis)
    }
    saved = sent
    if (now.text !== sent) return
    sessionStorage.removeItem(draftKey)
    change({ state: 'saved' })
  }

  if (now.text !== saved) {
    now = { ...now, state: 'unsaved' }
    later(0)
  }
  return {
    snapshot: () => now,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    write(text) {
      sessionStorage.setItem(draftKey, text)
      change({ text, state: 'unsaved' })
      later(pauseMillis)
    },
    flush,
  }
}
