import { useSyncExternalStore } from 'react'
import { wallboardStore, type LiveWallboard } from './wallboardStore'

export function useWallboard(): LiveWallboard {
  return useSyncExternalStore(wallboardStore.subscribe, wallboardStore.snapshot)
}
