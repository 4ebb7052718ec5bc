import type { Playbook } from '../../../domain/reminder/playbook'

export type Question = Playbook['questions'][number]
export type Answer = Question['answers'][number]

/** Answers that a way through the questions was taken by, where it led, and the scam that it ended in. */
export interface Followed {
  answers: Answer[]
  question: Question | undefined
  scam: Answer['scam']
}

/** @param way the places of the answers that were given, from the first question on */
export function follow({ start, questions }: Playbook, way: readonly number[]): Followed {
  const answers: Answer[] = []
  let question = questions.find(({ id }) => id === start)
  for (const place of way) {
    const answer: Answer | undefined = question?.answers[place]
    if (answer === undefined) break
    answers.push(answer)
    question = questions.find(({ id }) => id === answer.next)
  }
  return { answers, question, scam: answers.at(-1)?.scam }
}

/** With the first question on top: it is the one that is asked first. */
export function withFirstOnTop(playbook: Playbook): Playbook {
  const first = playbook.questions.filter(({ id }) => id === playbook.start)
  return { ...playbook, questions: [...first, ...playbook.questions.filter(({ id }) => id !== playbook.start)] }
}

export function withQuestions(playbook: Playbook, questions: Question[]): Playbook {
  return { ...playbook, start: questions[0]?.id ?? '', questions }
}

/** An empty answer leads nowhere yet; the server names those that were forgotten. */
export const emptyAnswer: Answer = { say: { en: '', zh: '' } }

export function newQuestion({ questions }: Playbook): Question {
  const taken = new Set(questions.map(({ id }) => id))
  let number = questions.length + 1
  while (taken.has(`question_${number}`)) number++
  return { id: `question_${number}`, ask: { en: '', zh: '' }, answers: [emptyAnswer, emptyAnswer] }
}

/** Without a question; answers that led to it lead nowhere. */
export function withoutQuestion(playbook: Playbook, id: string): Playbook {
  const rest = playbook.questions.filter((question) => question.id !== id)
  return withQuestions(
    playbook,
    rest.map((question) => ({ ...question, answers: question.answers.map((answer) => (answer.next === id ? { say: answer.say } : answer)) })),
  )
}

export function moved<Item>(items: readonly Item[], from: number, by: number): Item[] {
  const item = items[from]
  return item === undefined ? [...items] : items.toSpliced(from, 1).toSpliced(from + by, 0, item)
}
