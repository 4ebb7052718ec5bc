import type { Draw } from './seeded'

/** How the person at a phone behaves; see the simulator's own. */
export interface Persona {
  persona: string
  presses: string[]
  answersAfterSeconds: number
  patienceSeconds: number
}

export function planPersona(draw: Draw): Persona {
  return {
    persona: draw.weighted({ answers: 60, 'answers-third': 5, 'no-answer': 8, busy: 6, rejects: 4, 'hangs-up': 6, voicemail: 6, unreachable: 5 }),
    // What they press when a machine asks them: who they are, then what they say about each payment.
    presses: draw.one([['1', '1', '1'], ['1', '2', '1'], ['1', '0'], ['0'], ['9'], []]),
    answersAfterSeconds: draw.whole(1, 4),
    patienceSeconds: draw.whole(15, 40),
  }
}
