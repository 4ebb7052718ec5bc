import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { desk } from '../api/desk'
import { createLine, type Line, type LineSnapshot } from '../softphone/line'
import { createNotesDesk, type NotesDesk } from './notesDesk'
import { createDeskStore, type DeskSnapshot, type DeskStore } from './deskStore'

interface DeskParts {
  store: DeskStore
  line: Line
  notes: NotesDesk
}

const DeskContext = createContext<DeskParts | null>(null)

/** Lives as long as the person is signed in: a supervisor who looks at another page stays at the desk. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const [parts] = useState(() => ({ store: createDeskStore(), line: createLine(desk.softphone), notes: createNotesDesk(desk.saveNotes) }))
  useEffect(() => () => parts.store.stop(), [parts])
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

export function useLine(): LineSnapshot {
  const { line } = useDesk()
  return useSyncExternalStore(line.subscribe, line.snapshot)
}
