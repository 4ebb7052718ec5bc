import type { Role } from '../access/caller'

export const administering: Role[] = ['admin']

export const tag = 'administration'
