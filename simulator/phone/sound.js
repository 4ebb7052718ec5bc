import { createLinks } from './links.js'
import { createMeter } from './meter.js'

const wish = { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } }

/**
 * The sound of the call on this page: the microphone out, the others in. `state` is one of
 * `off`, `asking` (the browser asks for the microphone), `ready` (nobody to talk with yet), `connected`,
 * `refused`, `missing` (no microphone), `elsewhere` (another page has the call).
 */
export function createSound({ onState }) {
  let callSid = null
  let state = 'off'
  let microphone = null
  let events = null
  let mine = null
  let theirs = new Map()

  const links = createLinks({
    send: async (link, { type, sdp }) => {
      const response = await fetch(`/sim/calls/${callSid}/sound`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ link, description: { type, sdp } }),
      })
      // 409: the other page has gone, and the simulator says so in its next event.
      if (!response.ok && response.status !== 409) throw new Error(`HTTP ${response.status}`)
    },
    onChange() {
      const streams = new Set(links.streams())
      for (const [stream, meter] of theirs) {
        if (streams.has(stream)) continue
        meter.stop()
        theirs.delete(stream)
      }
      for (const stream of streams) if (!theirs.has(stream)) theirs.set(stream, createMeter(stream))
      if (state === 'ready' || state === 'connected') tell(links.connected() ? 'connected' : 'ready')
    },
  })

  function tell(next) {
    if (state === next) return
    state = next
    onState(state)
  }

  async function start(sid) {
    if (callSid === sid && state !== 'refused' && state !== 'missing' && state !== 'elsewhere') return
    stop()
    callSid = sid
    tell('asking')
    const stream = await navigator.mediaDevices.getUserMedia(wish).catch((error) => error.name)
    if (callSid !== sid || state !== 'asking') return stream.getTracks?.().forEach((track) => track.stop())
    if (typeof stream === 'string') return tell(stream === 'NotFoundError' ? 'missing' : 'refused')

    microphone = stream
    mine = createMeter(stream)
    links.speakInto(stream.getAudioTracks()[0])
    tell('ready')
    events = new EventSource(`/sim/calls/${sid}/sound`)
    events.addEventListener('links', ({ data }) => links.set(JSON.parse(data).links))
    events.addEventListener('description', ({ data }) => links.take(JSON.parse(data)))
    events.addEventListener('replaced', () => end('elsewhere'))
    // A lost stream is taken up again by the browser; one that the simulator refuses belongs to a call that is over.
    events.addEventListener('error', () => events?.readyState === EventSource.CLOSED && stop())
  }

  function end(next) {
    events?.close()
    events = null
    links.close()
    links.speakInto(null)
    for (const meter of [mine, ...theirs.values()]) meter?.stop()
    mine = null
    theirs = new Map()
    microphone?.getTracks().forEach((track) => track.stop())
    microphone = null
    tell(next)
  }

  function stop() {
    callSid = null
    end('off')
  }

  return {
    start,
    stop,
    state: () => state,
    /** How loud both ends are now, 0 to 1; nothing counts that nobody may hear. */
    levels: () => ({
      mine: links.heard() ? (mine?.level() ?? 0) : 0,
      theirs: Math.max(0, ...[...theirs.values()].map((meter) => meter.level())),
    }),
  }
}

/** Whether the microphone can be had without asking the person again. */
export async function microphoneAllowed() {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state === 'granted'
  } catch {
    // Browsers that do not know this permission's name have to ask.
    return false
  }
}
