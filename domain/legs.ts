/** Labels of the legs in a case's conference, by which the provider's reports say whose leg they speak of. */
export const payerLabel = (attemptNumber: number) => `payer-${attemptNumber}`
export const agentLabel = (agentId: string) => `agent-${agentId}`

/** Whose leg a label names. */
export function legOf(label: string | null | undefined): { payer: number } | { agent: string } | undefined {
  if (label?.startsWith('payer-')) return { payer: Number(label.slice(6)) }
  if (label?.startsWith('agent-')) return { agent: label.slice(6) }
  return undefined
}
