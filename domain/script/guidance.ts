import { holesOf, type AccountSecurity, type SecurityHole } from '../security'
import type { ScriptDocument } from './document'

/** One piece of security advice to give in the call. */
export interface Guidance {
  id: string
  title: string
  text: string
}

/** Advice by the account's security level: the largest hole first, one item for each. */
export function guidanceFor({ guidance }: ScriptDocument, security: AccountSecurity): Guidance[] {
  const holes = holesOf(security)
  if (holes.length === 0) return [{ id: 'wellProtected', ...guidance.wellProtected }]
  return holes.map((hole) => {
    const { title, text } = guidance[hole]
    return { id: hole, title, text: security[hole] === undefined ? `${guidance.unknown}${/\p{ASCII}$/u.test(guidance.unknown) ? ' ' : ''}${text}` : text }
  })
}

/** The text message with the steps, in the order in which the advice was given; no name, no payment, no link. */
export function stepsMessage({ guidance }: ScriptDocument, holes: readonly SecurityHole[]): string {
  const { lead, end } = guidance.message
  return [lead, ...holes.map((hole, index) => `${index + 1}. ${guidance[hole].step}`), end].join('\n')
}
