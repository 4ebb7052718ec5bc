import { openEventStream, type EventStream } from '../api/eventStream'
import { Problem } from '../api/problem'
import type { Devices } from './devices'
import { createMeter, type Meter } from './meter'
import type { Levels, SoundState } from './softphone'
import { createSoundLinks, type Description, type WantedLink } from './soundLinks'

export interface LocalSound {
  /** Asks for the microphone, and for the others' sound once it is there. */
  start(): Promise<void>
  mute(muted: boolean): void
  levels(): Levels
  stop(): void
}

interface Deps {
  devices: Devices
  /** Where the leg's sound is arranged, with a token. */
  streamUrl(): string
  send(message: Description): Promise<void>
  onState(state: SoundState): void
}

/** The sound of one leg at the local edge: our microphone out, the others in. The edge only arranges who hears whom. */
export function createLocalSound({ devices, streamUrl, send, onState }: Deps): LocalSound {
  let state: SoundState = 'off'
  let muted = false
  /** Counts the endings: who waited for the microphone across one comes too late. */
  let endings = 0
  let microphone: MediaStream | undefined
  let mine: Meter | undefined
  let stream: EventStream | undefined
  let forgetDevices: (() => void) | undefined
  const theirs = new Map<MediaStream, Meter>()

  const links = createSoundLinks({
    async send(message) {
      await send(message).catch((cause: unknown) => {
        // The other end has gone; the edge says so in its next event.
        if (!(cause instanceof Problem) || cause.status !== 409) throw cause
      })
    },
    onChange() {
      const streams = new Set(links.streams())
      for (const [gone, meter] of theirs) {
        if (streams.has(gone)) continue
        meter.stop()
        theirs.delete(gone)
      }
      for (const each of streams) if (!theirs.has(each)) theirs.set(each, createMeter(each))
      if (state === 'ready' || state === 'connected') tell(links.connected() ? 'connected' : 'ready')
    },
  })

  function tell(next: SoundState): void {
    if (next === state) return
    state = next
    onState(next)
  }

  /** Whether the microphone is still wanted now that it is here. */
  async function pickUp(): Promise<boolean> {
    const before = endings
    const { microphone: id } = devices.chosen()
    const taken = await navigator.mediaDevices.getUserMedia({
      // Ideal, not exact: when the remembered headset is not plugged in, another microphone does.
      audio: { ...(id !== null && { deviceId: { ideal: id } }), echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
    if (endings !== before) {
      letGo(taken)
      return false
    }
    letGo(microphone)
    mine?.stop()
    microphone = taken
    mine = createMeter(taken)
    speak()
    return true
  }

  const speak = () => links.speakInto(muted ? null : (microphone?.getAudioTracks()[0] ?? null))
  const letGo = (media?: MediaStream) => media?.getTracks().forEach((track) => track.stop())

  async function start(): Promise<void> {
    if (state === 'asking' || state === 'ready' || state === 'connected') return
    tell('asking')
    const before = endings
    try {
      if (!(await pickUp())) return
    } catch (cause) {
      if (endings !== before) return
      return end(cause instanceof DOMException && cause.name === 'NotFoundError' ? 'missing' : 'refused')
    }
    tell('ready')
    let used = devices.chosen()
    links.playOn(used.speaker)
    forgetDevices = devices.subscribe(() => {
      const wanted = devices.chosen()
      links.playOn(wanted.speaker)
      if (wanted.microphone !== used.microphone) pickUp().catch((cause: unknown) => console.warn('microphone not changed', cause))
      used = wanted
    })
    stream = openEventStream({
      url: streamUrl(),
      silenceMillis: 60_000,
      onEvent(name, data) {
        if (name === 'links') links.set((data as { links: WantedLink[] }).links)
        if (name === 'description') links.take(data as Description)
        if (name === 'replaced') end('elsewhere')
      },
      onState: (now) => now === 'refused' && end('off'),
    })
  }

  function end(next: SoundState): void {
    endings += 1
    stream?.close()
    stream = undefined
    forgetDevices?.()
    links.close()
    links.speakInto(null)
    mine?.stop()
    mine = undefined
    for (const meter of theirs.values()) meter.stop()
    theirs.clear()
    letGo(microphone)
    microphone = undefined
    tell(next)
  }

  return {
    start,
    mute(now) {
      muted = now
      speak()
    },
    levels: () => ({ mine: links.heard() ? (mine?.level() ?? 0) : 0, theirs: Math.max(0, ...[...theirs.values()].map((meter) => meter.level())) }),
    stop: () => end('off'),
  }
}
