import type { SoftphoneAccess } from '../api/desk'
import { Problem } from '../api/problem'
import { createDevices, type Devices } from './devices'
import { createLocalSoftphone } from './local'
import type { Levels, LineState, Softphone, SoftphoneLeg, SoundState, TranscriptLine } from './softphone'
import { createTwilioSoftphone } from './twilio'

export interface LineSnapshot {
  caseId: string | null
  line: LineState
  muted: boolean
  transcript: readonly TranscriptLine[]
  /** Why the line failed, in the words of whoever refused it. */
  problem: string | null
  canType: boolean
  sound: SoundState
}

export interface Line {
  devices: Devices
  snapshot(): LineSnapshot
  subscribe(listener: () => void): () => void
  /** Connects unless this case's leg is up or coming up already. */
  connect(caseId: string): Promise<void>
  mute(muted: boolean): Promise<void>
  say(text: string): Promise<void>
  /** Asked many times a second, hence not a part of the snapshot. */
  levels(): Levels
  askMicrophone(): Promise<void>
  hangUp(): Promise<void>
}

const off: LineSnapshot = { caseId: null, line: 'off', muted: false, transcript: [], problem: null, canType: false, sound: 'off' }
const alive: readonly LineState[] = ['connecting', 'ringing', 'open', 'lost']

/**
 * The agent's one telephone line, whichever softphone is behind it.
 * @param access says which softphone this installation uses, with a fresh token.
 */
export function createLine(access: () => Promise<SoftphoneAccess>): Line {
  let now = off
  let leg: SoftphoneLeg | undefined
  const devices = createDevices()
  let phone: { provider: string; softphone: Softphone } | undefined
  const listeners = new Set<() => void>()

  function change(part: Partial<LineSnapshot>): void {
    now = { ...now, ...part }
    for (const listener of listeners) listener()
  }

  async function softphone(): Promise<Softphone> {
    const { provider } = await access()
    if (phone?.provider !== provider) phone = { provider, softphone: softphoneOf(provider, access, devices) }
    return phone.softphone
  }

  return {
    devices,
    snapshot: () => now,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async connect(caseId) {
      if (now.caseId === caseId && alive.includes(now.line)) return
      leg?.leave()
      leg = undefined
      change({ ...off, caseId, line: 'connecting', transcript: now.caseId === caseId ? now.transcript : [] })
      try {
        const connected = await (
          await softphone()
        ).connect(caseId, ({ heard, ...told }) => {
          if (now.caseId !== caseId) return
          change({ ...told, ...(heard ? { transcript: withLine(now.transcript, heard) } : {}) })
        })
        if (now.caseId !== caseId) return connected.leave()
        leg = connected
        change({ canType: connected.say !== undefined })
      } catch (cause) {
        if (now.caseId !== caseId) return
        change({ line: 'failed', problem: cause instanceof Problem ? (cause.detail ?? cause.title) : String(cause) })
      }
    },

    mute: async (muted) => {
      await leg?.mute(muted)
      if (leg) change({ muted })
    },
    say: async (text) => leg?.say?.(text),
    levels: () => leg?.levels() ?? { mine: 0, theirs: 0 },
    askMicrophone: async () => leg?.askMicrophone?.(),
    async hangUp() {
      const ending = leg
      leg = undefined
      if (alive.includes(now.line)) change({ line: 'closed' })
      await ending?.hangUp()
    },
  }
}

function softphoneOf(provider: string, access: () => Promise<SoftphoneAccess>, devices: Devices): Softphone {
  if (provider === 'twilio') return createTwilioSoftphone(access, devices)
  return createLocalSoftphone(async () => {
    const fresh = await access()
    if (fresh.provider !== 'local') throw new Problem(0, 'softphone provider changed')
    return fresh
  }, devices)
}

/** A stream that reconnects tells its lines again; each is kept once, in the order it was said. */
function withLine(transcript: readonly TranscriptLine[], heard: TranscriptLine): readonly TranscriptLine[] {
  if (transcript.some((line) => line.at === heard.at && line.who === heard.who && line.text === heard.text)) return transcript
  return [...transcript, heard].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
