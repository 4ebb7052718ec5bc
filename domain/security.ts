/** What is known about how well a payer's account is protected; absent means not known. */
export interface AccountSecurity {
  digitalCertificate?: boolean | undefined
  realNameVerified?: boolean | undefined
  phoneBound?: boolean | undefined
}

/** The three main holes of an account, the largest first. */
export const securityHoles = ['digitalCertificate', 'realNameVerified', 'phoneBound'] as const
export type SecurityHole = (typeof securityHoles)[number]

export const securityLevels = ['high', 'medium', 'low'] as const
export type SecurityLevel = (typeof securityLevels)[number]

/** The holes of an account. What is not known is not taken for protection. */
export function holesOf(security: AccountSecurity): SecurityHole[] {
  return securityHoles.filter((hole) => security[hole] !== true)
}

/** No hole is high, one is medium, more are low. */
export function securityLevel(security: AccountSecurity): SecurityLevel {
  return (['high', 'medium'] as const)[holesOf(security).length] ?? 'low'
}
