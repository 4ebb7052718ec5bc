import { randomBytes, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { createDatabase } from '../configuration/database'
import { chainFills } from '../records/presence'
import { seed } from './seed'

/**
 * `npm run admin:create -- --email you@bank.example --name "Your Name"`: the first administrator of an
 * installation without demo accounts. Everybody else is made in the dashboard. The password is
 * generated, and shown once.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { email: { type: 'string' }, name: { type: 'string' } } })
  const { email, name } = z
    .object({ email: z.email('--email: expected an e-mail address'), name: z.string({ error: '--name: expected a name' }).trim().min(1).max(200) })
    .parse(values)
  if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL is not set.')
  const { db, close } = createDatabase(process.env.DATABASE_URL)
  try {
    if (await db.staffUser.findUnique({ where: { email: email.toLowerCase() } })) throw new Error(`${email} has an account already.`)
    const id = `admin-${randomUUID().slice(0, 8)}`
    const password = randomBytes(15).toString('base64url')
    await seed(db, { users: [{ id, email, name, password, role: 'admin', languages: [], skills: [] }], apiKeys: [] })
    await db.auditEntry.create({ data: { ...chainFills, actor: 'system:operator', action: 'user_created', subject: `user:${id}`, data: { role: 'admin' } } })
    console.log(`Administrator ${email} is ready; the password, shown only now: ${password}`)
  } finally {
    await close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof z.ZodError ? error.issues.map(({ message }) => message).join('\n') : error instanceof Error ? error.message : error)
  process.exitCode = 1
})
