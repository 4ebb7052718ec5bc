/** Labels of the legs in a case's conference, by which the provider's reports say whose leg they speak of. */
export const payerLabel = (attemptNumber: number) => `payer-${attemptNumber}`
export const agentLabel = (agentId: string) => `agent-${agentId}`
/** Somebody who joined an agent's call; if they take it over, the label stays. */
export const supervisorLabel = (supervisorId: string) => `supervisor-${supervisorId}`
/** Somebody whom an agent has added by telephone. */
export const thirdPartyLabel = (thirdPartyId: string) => `third-${thirdPartyId}`

/** Whose leg a label names. */
export function legOf(label: string | null | undefined): { payer: number } | { agent: string } | { supervisor: string } | { thirdParty: string } | undefined {
  if (label?.startsWith('payer-')) return { payer: Number(label.slice(6)) }
  if (label?.startsWith('agent-')) return { agent: label.slice(6) }
  if (label?.startsWith('supervisor-')) return { supervisor: label.slice(11) }
  if (label?.startsWith('third-')) return { thirdParty: label.slice(6) }
  return undefined
}
