/** A call that rings at a browser. */
export interface IncomingCall {
  callSid: string
  from: string
  params: Record<string, string>
}

export interface Registrations {
  /** Listens for calls to an address such as `client:agent-1`; the answer stops listening. */
  register(address: string, onCall: (call: IncomingCall) => void): () => void
  has(address: string): boolean
  ring(address: string, call: IncomingCall): void
}

/** The browsers that wait for calls. A browser that is not registered cannot be rung, as with Twilio. */
export function createRegistrations(): Registrations {
  const listeners = new Map<string, Set<(call: IncomingCall) => void>>()
  return {
    register(address, onCall) {
      const set = listeners.get(address) ?? new Set()
      listeners.set(address, set.add(onCall))
      return () => {
        set.delete(onCall)
        if (set.size === 0 && listeners.get(address) === set) listeners.delete(address)
      }
    },
    has: (address) => listeners.has(address),
    ring: (address, call) => listeners.get(address)?.forEach((tell) => tell(call)),
  }
}
