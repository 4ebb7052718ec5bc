/** What people of the call centre may be. An account has one role. */
export const roles = ['agent', 'supervisor', 'compliance', 'admin'] as const
export type Role = (typeof roles)[number]
