import { createHash, randomBytes } from 'node:crypto'
import type { PasswordLink, StaffUser } from '../generated/prisma/client'
import type { Transaction } from './database'

/** How long somebody may take to choose a password, in seconds. */
export const passwordLinkSeconds = 3 * 24 * 3600

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/**
 * The one link by which the owner of an account chooses a password. An earlier one is worth nothing from now on.
 * @returns the secret, this once: only its hash is kept
 */
export async function makePasswordLink(tx: Transaction, { userId, actor }: { userId: string; actor: string }): Promise<{ link: string; expiresAt: Date }> {
  const link = randomBytes(32).toString('base64url')
  const data = { hash: hashOf(link), createdBy: actor, createdAt: new Date(), expiresAt: new Date(Date.now() + passwordLinkSeconds * 1_000) }
  await tx.passwordLink.upsert({ where: { userId }, create: { userId, ...data }, update: data })
  return { link, expiresAt: data.expiresAt }
}

/** Whose link this is; undefined when it is nobody's, has run out or was used. */
export async function ownerOfLink(tx: Pick<Transaction, 'passwordLink'>, link: string): Promise<(PasswordLink & { user: StaffUser }) | undefined> {
  const found = await tx.passwordLink.findUnique({ where: { hash: hashOf(link) }, include: { user: true } })
  return found && found.expiresAt > new Date() ? found : undefined
}
