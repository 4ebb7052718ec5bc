/** On what a request of an authority stands. */
export const legalBases = ['court_order', 'police_investigation', 'regulator_inquiry'] as const
export type LegalBasis = (typeof legalBases)[number]

/** What a package may hold of a person. */
export const disclosedFields = ['name', 'phones', 'security', 'payments', 'verdicts', 'calls'] as const
export type DisclosedField = (typeof disclosedFields)[number]

/** Where a disclosure is. */
export const disclosureStatuses = ['received', 'awaiting_approval', 'package_ready', 'informing', 'closed'] as const
export type DisclosureStatus = (typeof disclosureStatuses)[number]

export const disclosureOutcomes = ['disclosed', 'refused', 'expired'] as const
export type DisclosureOutcome = (typeof disclosureOutcomes)[number]

const before: Record<DisclosureStatus, readonly DisclosureStatus[]> = {
  received: [],
  awaiting_approval: ['received'],
  package_ready: ['awaiting_approval'],
  informing: ['package_ready'],
  closed: ['awaiting_approval', 'package_ready', 'informing'],
}

/** From where a disclosure may move there. */
export function disclosureFrom(to: DisclosureStatus): readonly DisclosureStatus[] {
  return before[to]
}

/** The part of the policy about disclosures: which fields a legal basis covers, and how long a package and a link last. */
export interface DisclosureRules {
  bases: Record<LegalBasis, Record<DisclosedField, boolean>>
  packageSeconds: number
  linkSeconds: number
}

const everything: Record<DisclosedField, boolean> = { name: true, phones: true, security: true, payments: true, verdicts: true, calls: true }

export const defaultDisclosureRules: DisclosureRules = {
  bases: {
    court_order: everything,
    police_investigation: { ...everything, security: false },
    regulator_inquiry: { ...everything, phones: false, security: false, calls: false },
  },
  packageSeconds: 14 * 86_400,
  linkSeconds: 86_400,
}

/** Fields that the legal basis does not cover, by their place in the request. */
export function uncovered(rules: DisclosureRules, basis: LegalBasis, fields: readonly DisclosedField[]): number[] {
  return fields.flatMap((field, place) => (rules.bases[basis][field] ? [] : [place]))
}

/** The input of the workflow `disclosure`. Times in RFC 3339. */
export interface DisclosureInput {
  caseId: string
  requestedBy: string
  reason: string
  deadline: string
  packageSeconds: number
  /** Null: the persons concerned are never told. */
  informAt: string | null
}

export function disclosureWorkflowId(caseId: string): string {
  return `disclosure/${caseId}`
}
