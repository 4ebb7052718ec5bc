import type { Question, Scorecard } from '../../../domain/quality/scorecard'

export type Section = Scorecard['sections'][number]

/** Results are told apart by a question's id, so a new one must never meet an old one. */
const newId = (kind: string) => `${kind}_${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`

const blank = { en: '', zh: '' }

export function newQuestion(): Question {
  return { id: newId('q'), kind: 'yes_no', text: blank, weight: 1 }
}

export function newSection(): Section {
  return { id: newId('s'), title: blank, questions: [newQuestion()] }
}

export function emptyCard(): Scorecard {
  return { name: blank, active: true, appliesTo: { kinds: [], verdicts: [], queues: [] }, sections: [newSection()] }
}
