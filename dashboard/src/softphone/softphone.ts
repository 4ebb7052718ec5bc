/** `lost`: the connection broke and is being healed; `closed`: the leg has ended; `failed`: it never came up. */
export type LineState = 'off' | 'connecting' | 'ringing' | 'open' | 'lost' | 'closed' | 'failed'

/**
 * The sound of the leg. `asking`: the browser asks for the microphone; `ready`: nobody else is there with sound
 * yet; `refused`, `missing`: no microphone, the call goes on by text; `elsewhere`: another tab carries it.
 */
export type SoundState = 'off' | 'asking' | 'ready' | 'connected' | 'refused' | 'missing' | 'elsewhere'

/** How loud it is now, 0 to 1. */
export interface Levels {
  mine: number
  theirs: number
}

export interface TranscriptLine {
  at: string
  /** `voice` for announcements, a label in the conference, or an address such as `client:agent-1`. */
  who: string
  kind?: 'speech' | 'keys' | 'sound'
  text: string
}

/** What a softphone tells about its one leg. Fields that did not change are left out. */
export interface LineChange {
  line?: LineState
  muted?: boolean
  heard?: TranscriptLine
  sound?: SoundState
  problem?: string
}

/** One leg from this browser into the case's conference. */
export interface SoftphoneLeg {
  mute(muted: boolean): Promise<void>
  digits(digits: string): Promise<void>
  /** Types what the agent says; only a softphone with a transcript has it. */
  say?(text: string): Promise<void>
  levels(): Levels
  /** Asks for the microphone again, after it was refused or missing. */
  askMicrophone?(): Promise<void>
  hangUp(): Promise<void>
  /** Stops listening without ending the leg. */
  leave(): void
}

export interface Softphone {
  /** Dials into the case's conference, or takes up again the leg that this tab had before a reload. */
  connect(caseId: string, onChange: (change: LineChange) => void): Promise<SoftphoneLeg>
}
