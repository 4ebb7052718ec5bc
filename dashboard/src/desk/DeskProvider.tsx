import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { desk } from '../api/desk'
import { createLine, type Line, type LineSnapshot } from '../softphone/line'
import { createDeskPlace, type DeskPlace } from './deskPlace'
import { createNotesDesk, type NotesDesk } from './notesDesk'
import { createDeskStore, type DeskSnapshot, type DeskStore } from './deskStore'

interface DeskParts {
  place: DeskPlace
  store: DeskStore
  line: Line
  notes: NotesDesk
}

const DeskContext = createContext<DeskParts | null>(null)

/** Lives as long as the person is signed in: a supervisor who looks at another page stays at the desk. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const [parts] = useState(() => ({ place: createDeskPlace(), store: createDeskStore(), line: createLine(desk.softphone), notes: createNotesDesk(desk.saveNotes) }))
  useEffect(() => {
    // The desk has moved to another window, and the telephone with it.
    const forget = parts.place.subscribe(() => {
      if (parts.place.here() === false) parts.line.hangUp().catch((cause: unknown) => console.warn('the line was not hung up', cause))
    })
    return () => {
      forget()
      parts.place.stop()
      parts.store.stop()
    }
  }, [parts])
  return <DeskContext value={parts}>{children}</DeskContext>
}

export function useDesk(): DeskParts {
  const parts = useContext(DeskContext)
  if (parts === null) throw new Error('useDesk outside of DeskProvider')
  return parts
}

export function useDeskSnapshot(): DeskSnapshot {
  const { store } = useDesk()
  return useSyncExternalStore(store.subscribe, store.snapshot)
}

/** Whether the desk is in this window; null until that is known. */
export function useDeskIsHere(): boolean | null {
  const { place } = useDesk()
  return useSyncExternalStore(place.subscribe, place.here)
}

export function useLine(): LineSnapshot {
  const { line } = useDesk()
  return useSyncExternalStore(line.subscribe, line.snapshot)
}
