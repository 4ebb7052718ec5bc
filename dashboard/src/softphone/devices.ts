export interface ChosenDevices {
  /** Device ids of the browser; null is its own default. */
  microphone: string | null
  speaker: string | null
}

export interface Devices {
  chosen(): ChosenDevices
  choose(kind: keyof ChosenDevices, id: string | null): void
  subscribe(listener: () => void): () => void
}

const remembered = 'softphone-devices'
const none: ChosenDevices = { microphone: null, speaker: null }

/** Which microphone and speaker this browser uses for calls; remembered from shift to shift. */
export function createDevices(storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): Devices {
  const listeners = new Set<() => void>()
  let now = { ...none, ...(JSON.parse(storage.getItem(remembered) ?? '{}') as Partial<ChosenDevices>) }
  return {
    chosen: () => now,
    choose(kind, id) {
      now = { ...now, [kind]: id }
      storage.setItem(remembered, JSON.stringify(now))
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
