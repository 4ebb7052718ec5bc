import { openEventStream } from '../api/eventStream'
import { Problem, problemOf } from '../api/problem'
import type { Devices } from './devices'
import { createLocalSound } from './localSound'
import type { LineChange, LineState, Softphone, SoftphoneLeg, TranscriptLine } from './softphone'

interface LocalAccess {
  url: string
  token: string
}

interface StateEvent {
  state: string
  muted?: boolean
}

const remembered = 'softphone-leg'

/**
 * The softphone of the demo: a leg at the simulator's edge, driven over HTTP, with a transcript, and with
 * sound between this browser and the others in the call.
 * @param access asks our own API for a fresh address and token.
 */
export function createLocalSoftphone(access: () => Promise<LocalAccess>, devices: Devices): Softphone {
  return {
    async connect(caseId, onChange) {
      const edge = await access()
      const earlier = recall(caseId)
      if (earlier !== null) {
        const leg = await listen(edge, earlier, access, devices, onChange)
        if (leg !== null) return leg
      }
      onChange({ line: 'connecting', muted: false })
      const { callSid } = (await send(edge, 'POST', '/sim/softphone/calls', { params: { caseId } })) as { callSid: string }
      sessionStorage.setItem(remembered, JSON.stringify({ caseId, callSid }))
      const leg = await listen(edge, callSid, access, devices, onChange)
      if (leg === null) throw new Problem(410, 'ended')
      return leg
    },
  }
}

function recall(caseId: string): string | null {
  const stored = JSON.parse(sessionStorage.getItem(remembered) ?? 'null') as { caseId: string; callSid: string } | null
  return stored?.caseId === caseId ? stored.callSid : null
}

/** Follows a leg; null when the edge does not know it, or it has ended already. */
async function listen(
  edge: LocalAccess,
  callSid: string,
  access: () => Promise<LocalAccess>,
  devices: Devices,
  onChange: (change: LineChange) => void,
): Promise<SoftphoneLeg | null> {
  const path = `/sim/softphone/calls/${encodeURIComponent(callSid)}`
  let last: LineState = 'off'
  return new Promise((resolve) => {
    const told = (line: LineState, muted?: boolean) => {
      last = line
      if (line === 'closed') sound.stop()
      if (muted !== undefined) sound.mute(muted)
      onChange(muted === undefined ? { line } : { line, muted })
    }
    const stream = openEventStream({
      url: `${edge.url}${path}/events?token=${encodeURIComponent(edge.token)}`,
      silenceMillis: 60_000,
      onEvent(name, data) {
        if (name === 'transcript') return onChange({ heard: data as TranscriptLine })
        if (name !== 'state') return
        const { state, muted } = data as StateEvent
        if (state === 'closed') {
          sessionStorage.removeItem(remembered)
          stream.close()
          const followed = last !== 'off'
          if (followed) told('closed')
          return resolve(followed ? leg : null)
        }
        // A leg that was taken up again after a reload asks too: the browser remembers what it was allowed.
        if (last === 'off') void sound.start()
        told(state as LineState, muted)
        resolve(leg)
      },
      onState(state) {
        if (state === 'lost' && last !== 'off' && last !== 'closed') told('lost')
        if (state !== 'refused') return
        sessionStorage.removeItem(remembered)
        if (last !== 'off' && last !== 'closed') told('closed')
        resolve(null)
      },
    })
    const ask = async (method: 'POST' | 'DELETE', suffix: string, body?: unknown) => {
      try {
        await send(edge, method, path + suffix, body)
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.status !== 401) throw problem
        edge = await access()
        await send(edge, method, path + suffix, body)
      }
    }
    const sound = createLocalSound({
      devices,
      streamUrl: () => `${edge.url}${path}/sound?token=${encodeURIComponent(edge.token)}`,
      send: (message) => ask('POST', '/sound', message),
      onState: (state) => onChange({ sound: state }),
    })
    const leg: SoftphoneLeg = {
      async mute(muted) {
        // Here first: whatever the network does, the microphone is off when the button says so.
        sound.mute(muted)
        await ask('POST', '/mute', { muted })
      },
      digits: (digits) => ask('POST', '/digits', { digits }),
      say: (text) => ask('POST', '/say', { text }),
      levels: () => sound.levels(),
      askMicrophone: () => sound.start(),
      async hangUp() {
        sound.stop()
        sessionStorage.removeItem(remembered)
        await ask('DELETE', '')
      },
      leave() {
        sound.stop()
        stream.close()
      },
    }
  })
}

async function send(edge: LocalAccess, method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(edge.url + path, {
    method,
    headers: { authorization: `Bearer ${edge.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => {
    throw new Problem(0, 'unreachable')
  })
  if (!response.ok) throw await problemOf(response)
  return response.status === 204 ? undefined : ((await response.json()) as unknown)
}
