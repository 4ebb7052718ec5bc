import type { Role } from '../access/caller'

/** Who may look over agents' shoulders. */
export const watching: Role[] = ['supervisor', 'compliance', 'admin']

export const tag = 'supervision'
