/** What an API key may do. */
export const scopes = ['risk-engine', 'payments-core', 'payer'] as const
export type Scope = (typeof scopes)[number]
