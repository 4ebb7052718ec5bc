import { useState } from 'react'
import type { ScamType, VerdictKind } from '../../../domain/money'
import type { Payment } from '../api/caseView'

export interface Choice {
  verdict?: VerdictKind
  scamType?: ScamType
  notes?: string
}

export interface VerdictDraft {
  choices: Readonly<Record<string, Choice>>
  choose(paymentId: string, part: Choice): void
  /** The payment that the keys 1 to 4 speak about. */
  current: string | null
  setCurrent(paymentId: string): void
  forget(): void
}

/** Verdicts chosen but not recorded yet. They outlive a reload in mid-call. */
export function useVerdictDraft(caseId: string, undecided: readonly Payment[]): VerdictDraft {
  const storageKey = `verdicts:${caseId}`
  const [choices, setChoices] = useState<Record<string, Choice>>(() => JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, Choice>)
  const [pointed, setPointed] = useState<string | null>(null)
  const open = undecided.map(({ paymentId }) => paymentId)
  const current =
    pointed !== null && open.includes(pointed) ? pointed : (open.find((paymentId) => choices[paymentId]?.verdict === undefined) ?? open[0] ?? null)

  return {
    choices,
    current,
    setCurrent: setPointed,
    choose(paymentId, part) {
      const chosen: Choice = { ...choices[paymentId], ...part }
      if (chosen.verdict !== 'scam') delete chosen.scamType
      const next = { ...choices, [paymentId]: chosen }
      setChoices(next)
      sessionStorage.setItem(storageKey, JSON.stringify(next))
    },
    forget() {
      setChoices({})
      sessionStorage.removeItem(storageKey)
    },
  }
}
