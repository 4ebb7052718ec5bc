import type { Clock } from '../clock'
import type { Store } from '../store'
import { type Persona, personaBody } from './persona'

export interface Ring {
  at: string
  callSid: string
}

interface PhoneRow {
  persona: Persona
  /** How often it had rung when the persona was set; `answers-third` counts from there. */
  ringsBefore: number
}

interface RingRow extends Ring {
  phone: string
}

export interface Phones {
  persona(address: string): Persona
  setPersona(address: string, persona: Persona): void
  /** Whether anybody ever said how this address behaves. */
  known(address: string): boolean
  /** Journals the ring, once per call whatever happens. */
  ring(address: string, callSid: string): void
  rings(address: string): Ring[]
  /** Which ring since the persona was set this call is, or will be; from 1. */
  ringNumber(address: string, callSid: string): number
}

const usual = personaBody.parse({})

/** The telephones of the world: how their owners behave, and how often they rang. */
export function createPhones({ store, clock }: { store: Store; clock: Clock }): Phones {
  const phones = store.table<PhoneRow>('phones')
  const rings = store.table<RingRow>('rings')
  const byPhone = new Map<string, Ring[]>()
  const keep = ({ phone, at, callSid }: RingRow) => {
    const list = byPhone.get(phone)
    if (list) list.push({ at, callSid })
    else byPhone.set(phone, [{ at, callSid }])
  }
  for (const row of rings.values()) keep(row)
  const ringsOf = (phone: string) => byPhone.get(phone) ?? []

  return {
    persona: (address) => phones.get(address)?.persona ?? usual,
    setPersona: (address, persona) => void phones.put(address, { persona, ringsBefore: ringsOf(address).length }),
    known: (address) => phones.get(address) !== undefined,
    ring(phone, callSid) {
      if (rings.get(callSid)) return
      keep(rings.put(callSid, { phone, callSid, at: clock.now().toISOString() }))
    },
    rings: (address) => [...ringsOf(address)],
    ringNumber(address, callSid) {
      const list = ringsOf(address)
      const at = list.findIndex((r) => r.callSid === callSid)
      return (at === -1 ? list.length : at) + 1 - (phones.get(address)?.ringsBefore ?? 0)
    },
  }
}
