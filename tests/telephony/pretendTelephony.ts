import type { CallCreation, ConferenceLeg, ProviderCall } from '../../providers/telephony'

/** A provider that keeps a list of its calls, and may fail before or after it has taken one. */
export function createPretendTelephony() {
  const calls: (ProviderCall & { to: string })[] = []
  const creations: CallCreation[] = []
  let next: (take: () => ProviderCall) => ProviderCall = (take) => take()
  const take = (creation: CallCreation): ProviderCall => {
    const call = {
      callSid: `CA${Math.random().toString(16).slice(2)}`,
      status: 'queued',
      answeredBy: null,
      createdAt: new Date(),
      queueMillis: 0,
      to: creation.to,
    }
    calls.unshift(call)
    return call
  }
  const legs: ConferenceLeg[] = []
  const announced: string[] = []
  return {
    calls,
    creations,
    legs,
    announced,
    /** How it answers to the next creation. */
    answersOnce: (how: typeof next) => void (next = how),
    telephony: {
      fromNumber: '+14158675309',
      async createCall(creation: CallCreation): Promise<ProviderCall> {
        creations.push(creation)
        const how = next
        next = (ring) => ring()
        return how(() => take(creation))
      },
      callsTo: async (phone: string, _from: string, since: Date) => calls.filter((call) => call.to === phone && call.createdAt >= since),
      fetchCall: async (callSid: string) => calls.find((call) => call.callSid === callSid),
      endCall: async (callSid: string) => calls.find((call) => call.callSid === callSid),
      legsIn: async () => legs,
      announceTo: async (caseId: string, callSid: string, url: string) => void announced.push(`${callSid}: ${url.split('/').at(-1)}`),
    },
  }
}
