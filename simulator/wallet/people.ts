import { z } from 'zod'
import type { Store, Table } from '../store'

/** Somebody with an account at the pretended payments company. */
export const personSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/, 'must be letters, digits or . _ : @ -'),
  name: z.string().trim().min(1).max(200),
  phone: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number such as +8613800000001'),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  security: z
    .strictObject({ digitalCertificate: z.boolean(), realNameVerified: z.boolean(), phoneBound: z.boolean() })
    .default({ digitalCertificate: false, realNameVerified: true, phoneBound: true }),
  /** What they call themselves in the app; anybody may call themselves anything. */
  nickname: z.string().trim().min(1).max(200).optional(),
  /** When the account was opened, when its nickname or picture last changed, and whether others reported it as a fraud. */
  since: z.iso.datetime({ offset: true }).optional(),
  renamedAt: z.iso.datetime({ offset: true }).optional(),
  reported: z.boolean().default(false),
  /** What they had before the demonstration began, in fen. */
  openingBalance: z.int().min(0).max(1_000_000_000_000).default(30_000_000),
})
export type Person = z.output<typeof personSchema>

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

/** The people of the stories in the guides. The numbers are of nobody: they end in the simulated network. */
const cast: z.input<typeof personSchema>[] = [
  { id: 'li-1001', name: '李先生', phone: '+8613800000001' },
  { id: 'zhang-2002', name: '张先生', phone: '+8613800000002' },
  { id: 'wang-3003', name: '王女士', phone: '+8613800000003', security: { digitalCertificate: true, realNameVerified: true, phoneBound: true } },
  { id: 'zhao-5005', name: '赵子龙', phone: '+8613800000005', nickname: '子龙', since: daysAgo(2_000) },
  // Has copied the nickname of the friend above.
  { id: 'wei-6006', name: '魏建国', phone: '+8613800000006', nickname: '子龙', since: daysAgo(5), renamedAt: daysAgo(1) },
  { id: 'lopez-4004', name: 'Maria Lopez', phone: '+12025550144', locale: 'en' },
]

export interface People {
  all(): Person[]
  get(id: string): Person | undefined
  put(person: Person): Person
}

export function createPeople({ store }: { store: Store }): People {
  const table: Table<Person> = store.table('wallet.people')
  const known = new Map(cast.map((one) => [one.id, personSchema.parse(one)]))
  return {
    all: () => [...new Map([...known, ...[...table.values()].map((one): [string, Person] => [one.id, one])]).values()],
    get: (id) => table.get(id) ?? known.get(id),
    put: (person) => table.put(person.id, person),
  }
}
