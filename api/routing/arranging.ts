import { OutdatedArrangement } from '../../records/arrangements'
import type { Role } from '../access/caller'
import { conflict } from '../problem'

/** Who arranges teams, queues and skills. */
export const arranging: Role[] = ['supervisor', 'admin']

export const tag = 'routing'

export const outdated = { 409: { description: 'Somebody changed it since you read it, or the name is taken.' } }

/** Says in words why a change was not made. */
export function refuseInWords(error: unknown): never {
  if (error instanceof OutdatedArrangement) throw conflict(`Somebody changed it since you read it: ${error.message}.`)
  if ((error as { code?: unknown }).code === 'P2002') throw conflict('This name is taken.')
  throw error
}
