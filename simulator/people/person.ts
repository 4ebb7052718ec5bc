import type { Clock } from '../clock'
import type { Leg, Line } from '../network/leg'
import type { Persona } from './persona'
import { phrasesFor } from './phrases'

const longestTalkMs = 600_000
const reactionMs = 1_000
const silenceMs = 8_000

/**
 * Lets a person live on an answered call: greets, presses keys when asked, talks while somebody is there, loses
 * patience alone, and hangs up when the conference is over.
 */
export function behave(leg: Leg, persona: Persona, clock: Clock, hangUp: () => void): void {
  const signal = leg.over.signal
  /** Does something after simulated milliseconds, unless the call is over or `unless` is aborted. */
  const later = (ms: number, act: () => void, unless?: AbortSignal) =>
    void clock.pass(ms, unless ? AbortSignal.any([signal, unless]) : signal).then(act, () => {})

  switch (persona.persona) {
    case 'manual':
      return
    case 'hangs-up':
      return later(300, hangUp)
    case 'voicemail':
      return answerAsMachine(leg, later, hangUp)
    case 'answers':
    case 'answers-third':
    // Nobody with the other habits answers; who was changed to one of them in the middle of a ring talks on.
    case 'busy':
    case 'no-answer':
    case 'rejects':
    case 'unreachable':
      return answerAsPerson(leg, persona, later, hangUp)
  }
}

type Later = (ms: number, act: () => void, unless?: AbortSignal) => void

export const machineGreetingMs = 6_000
const longestMessageMs = 120_000

function answerAsMachine(leg: Leg, later: Later, hangUp: () => void): void {
  leg.speak(phrasesFor(leg.party).machine)
  later(machineGreetingMs, () => leg.speak('(beep)'))
  later(machineGreetingMs + longestMessageMs, hangUp)
}

function answerAsPerson(leg: Leg, persona: Persona, later: Later, hangUp: () => void): void {
  const phrases = phrasesFor(leg.party)
  const lines = persona.says ?? phrases.talk
  let asked = 0
  let said = 0
  let moment = new AbortController()
  let pause = new AbortController()

  const sayNext = () => {
    const line = lines[said]
    if (line === undefined || leg.company !== 'together') return
    said++
    leg.speak(line)
    talkOn(silenceMs)
  }
  /** Somebody who is spoken to answers soon; in a silence they go on by themselves. */
  const talkOn = (ms: number) => {
    pause.abort()
    pause = new AbortController()
    later(ms, sayNext, pause.signal)
  }

  later(300, () => leg.speak(phrases.greeting))
  leg.on('gather', () => {
    const keys = persona.presses[asked++]
    if (keys === undefined) return
    leg.once('promptOver', () => later(reactionMs, () => leg.press(keys)))
  })
  leg.on('company', (company) => {
    moment.abort()
    moment = new AbortController()
    pause.abort()
    if (company === 'alone') later(persona.patienceSeconds * 1000, hangUp, moment.signal)
    if (company === 'together') talkOn(3_000)
  })
  leg.on('heard', (line: Line) => {
    if (line.who !== 'voice' && leg.company === 'together') talkOn(1_500)
  })
  leg.on('conferenceOver', () => {
    leg.speak(phrases.farewell)
    later(1_000, hangUp)
  })
  later(longestTalkMs, hangUp)
}
