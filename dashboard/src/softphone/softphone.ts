/** `lost`: the connection broke and is being healed; `closed`: the leg has ended; `failed`: it never came up. */
export type LineState = 'off' | 'connecting' | 'ringing' | 'open' | 'lost' | 'closed' | 'failed'

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
  problem?: string
}

/** One leg from this browser into the case's conference. */
export interface SoftphoneLeg {
  mute(muted: boolean): Promise<void>
  digits(digits: string): Promise<void>
  /** Types what the agent says; only a softphone without sound has it. */
  say?(text: string): Promise<void>
  hangUp(): Promise<void>
  /** Stops listening without ending the leg. */
  leave(): void
}

export interface Softphone {
  /** Dials into the case's conference, or takes up again the leg that this tab had before a reload. */
  connect(caseId: string, onChange: (change: LineChange) => void): Promise<SoftphoneLeg>
}
