import type { Role } from '../access/caller'

/** Who works on disputes. Decisions are for supervisors and compliance. */
export const working: Role[] = ['agent', 'supervisor', 'compliance']
export const deciding: Role[] = ['supervisor', 'compliance']
export const tag = 'disputes'
