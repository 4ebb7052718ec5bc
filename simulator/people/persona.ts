import { z } from 'zod'

export const personaNames = ['answers', 'answers-third', 'no-answer', 'busy', 'rejects', 'hangs-up', 'voicemail', 'unreachable', 'manual'] as const
export type PersonaName = (typeof personaNames)[number]

const keys = z.string().regex(/^[0-9*#A-Dw]+$/, 'must be keys of a telephone: 0-9 * #')

/** How the person at a number behaves; every time in simulated seconds. */
export const personaBody = z.strictObject({
  persona: z.enum(personaNames).default('answers'),
  /** Keys pressed at the first, second, … Gather of a call; none after that. */
  presses: z.array(keys).max(50).default([]),
  answersAfterSeconds: z.number().min(0).max(600).default(2),
  /** How long this person stays on the line with nobody to talk to. */
  patienceSeconds: z.number().min(0).max(3_600).default(20),
  /** Said one after the other in the talk; the person's own phrases when absent. */
  says: z.array(z.string().min(1).max(500)).max(100).optional(),
})

export type Persona = z.infer<typeof personaBody>

/** What a ring leads to. `nothing` lets the caller's own timeout end it; `waits` leaves it to `/sim/calls`. */
export interface Reaction {
  /** Whether the phone rings at all: an engaged or unreachable one does not. */
  rings: boolean
  then: 'answer' | 'busy' | 'failed' | 'nothing' | 'waits'
  afterSeconds: number
}

/** `ring` counts the rings since the persona was set, from 1. */
export function reactionOf({ persona, answersAfterSeconds }: Persona, ring: number): Reaction {
  switch (persona) {
    case 'no-answer':
      return { rings: true, then: 'nothing', afterSeconds: 0 }
    case 'answers-third':
      return ring < 3 ? { rings: true, then: 'nothing', afterSeconds: 0 } : { rings: true, then: 'answer', afterSeconds: answersAfterSeconds }
    case 'busy':
      return { rings: false, then: 'busy', afterSeconds: 0.5 }
    // Mobile networks report a rejected call as a busy one, and so does Twilio.
    case 'rejects':
      return { rings: true, then: 'busy', afterSeconds: Math.min(1.5, answersAfterSeconds) }
    case 'unreachable':
      return { rings: false, then: 'failed', afterSeconds: 1 }
    case 'manual':
      return { rings: true, then: 'waits', afterSeconds: 0 }
    case 'answers':
    case 'hangs-up':
    case 'voicemail':
      return { rings: true, then: 'answer', afterSeconds: answersAfterSeconds }
  }
}
