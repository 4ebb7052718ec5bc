import type { z } from 'zod'

/** What stands in braces for a fact that is known only in the call. */
export const placeholders = ['payer', 'agent', 'amount', 'payee', 'time', 'recorded'] as const
export type Placeholder = (typeof placeholders)[number]

const inBraces = /\{([^{}]*)\}/g

/** The names in braces, known or not. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(inBraces)].map(([, name = '']) => name)
}

/** Puts the facts in; what none is given for leaves no gap. */
export function fill(text: string, facts: Partial<Record<Placeholder, string>>): string {
  return text.replaceAll(inBraces, (whole, name: string) => (name in facts ? (facts[name as Placeholder] ?? '') : whole)).replaceAll(/ {2,}/g, ' ').trim()
}

const braced = (names: readonly string[]) => names.map((name) => `{${name}}`).join(', ')

/** A refinement: names each placeholder that may not be here or must be, each stray brace, each key that is not named. */
export function demandWords(allowed: readonly Placeholder[], needed: readonly Placeholder[], keys: readonly string[]) {
  return (text: string, context: z.RefinementCtx<string>): void => {
    const complain = (message: string) => context.addIssue({ code: 'custom', message })
    const used = placeholdersIn(text)
    for (const name of new Set(used)) {
      if (!placeholders.some((known) => known === name)) complain(`{${name}} is not a placeholder; there are ${braced(placeholders)}`)
      else if (!allowed.some((known) => known === name))
        complain(`{${name}} may not be told here${allowed.length > 0 ? `; allowed: ${braced(allowed)}` : ', where nobody has said yet who they are, or a machine may listen'}`)
    }
    if (/[{}]/.test(text.replaceAll(inBraces, ''))) complain('expected each { with its }')
    for (const name of needed) if (!used.includes(name)) complain(`expected {${name}} in it`)
    for (const key of keys) if (!text.includes(key)) complain(`expected the key ${key} to be named`)
  }
}
