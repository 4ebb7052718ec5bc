import type { QueueDialMode, QueueSettings, QueueStage } from '../api/routing'

/** A queue's settings as they are typed: numbers and lists are text until they are saved. */
export interface StageDraft {
  afterSeconds: string
  skills: string
  language: boolean
  teams: string[]
  agents: string[]
}

export interface QueueDraft {
  name: string
  active: boolean
  position: string
  kinds: QueueSettings['criteria']['kinds']
  languages: string
  methods: string
  currency: string
  amountFrom: string
  amountBelow: string
  scoreFrom: string
  scoreBelow: string
  stages: StageDraft[]
  dialMode: QueueDialMode
}

export const emptyStage: StageDraft = { afterSeconds: '0', skills: '', language: false, teams: [], agents: [] }

export function listOf(text: string): string[] {
  return text.split(/[,，\s]+/).filter(Boolean)
}

/** `disputes:2, large_amounts` → `{ disputes: 2, large_amounts: 1 }` */
export function skillsOf(text: string): Record<string, number> {
  return Object.fromEntries(
    listOf(text).map((word) => {
      const [skill = '', level = '1'] = word.split(/[:：]/)
      return [skill, Number(level)]
    }),
  )
}

export function skillsText(skills: Record<string, number>): string {
  return Object.entries(skills)
    .map(([skill, level]) => `${skill}:${level}`)
    .join(', ')
}

const textOf = (number: number | undefined) => (number === undefined ? '' : String(number))

export function draftOf(settings: QueueSettings | undefined): QueueDraft {
  const { name = '', active = true, position = 10, criteria, stages = [], dialMode = 'adaptive' } = settings ?? {}
  return {
    name,
    active,
    position: String(position),
    kinds: criteria?.kinds ?? [],
    languages: criteria?.languages.join(', ') ?? '',
    methods: criteria?.methods.join(', ') ?? '',
    currency: criteria?.currency ?? '',
    amountFrom: textOf(criteria?.amountFrom),
    amountBelow: textOf(criteria?.amountBelow),
    scoreFrom: textOf(criteria?.scoreFrom),
    scoreBelow: textOf(criteria?.scoreBelow),
    stages: stages.length === 0 ? [emptyStage] : stages.map((stage) => ({ ...stage, afterSeconds: String(stage.afterSeconds), skills: skillsText(stage.skills) })),
    dialMode,
  }
}

/** What is left empty is no condition. The server judges whether it makes sense. */
export function settingsOf(draft: QueueDraft): QueueSettings {
  const numbers = { amountFrom: draft.amountFrom, amountBelow: draft.amountBelow, scoreFrom: draft.scoreFrom, scoreBelow: draft.scoreBelow }
  const given = Object.fromEntries(Object.entries(numbers).flatMap(([name, text]) => (text === '' ? [] : [[name, Number(text)]])))
  return {
    name: draft.name.trim(),
    active: draft.active,
    position: Number(draft.position),
    criteria: {
      kinds: draft.kinds,
      languages: listOf(draft.languages),
      methods: listOf(draft.methods),
      ...(draft.currency.trim() === '' ? {} : { currency: draft.currency.trim().toUpperCase() }),
      ...given,
    },
    stages: draft.stages.map((stage): QueueStage => ({ ...stage, afterSeconds: Number(stage.afterSeconds), skills: skillsOf(stage.skills) })),
    dialMode: draft.dialMode,
  }
}
