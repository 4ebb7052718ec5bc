import path from 'node:path'
import type { SeedApiKey, SeedUser } from '../prisma/seed'
import type { StartConfiguration } from './configuration'
import { simulatorUrl } from './environment'
import { writePrivately } from './privateFile'
import type { Secrets } from './secrets'

type DemoUser = Omit<SeedUser, 'password'>

const everybody = ['zh-CN', 'en']

/** The people of the demo call centre. The domain is one that can never exist. */
export const demoUsers: DemoUser[] = [
  person('agent-one', 'Agent One', 'agent'),
  person('agent-two', 'Agent Two', 'agent'),
  person('agent-three', 'Agent Three', 'agent'),
  person('supervisor-one', 'Supervisor One', 'supervisor'),
  person('supervisor-two', 'Supervisor Two', 'supervisor'),
  person('compliance-one', 'Compliance One', 'compliance'),
  // Some consents take two people of compliance.
  person('compliance-two', 'Compliance Two', 'compliance'),
  person('administrator-one', 'Administrator One', 'admin'),
]

function person(id: string, name: string, role: DemoUser['role']): DemoUser {
  return { id, email: `${id.replace('-', '.')}@demo.example`, name, role, languages: everybody, skills: [] }
}

/** What `prisma/seed.ts` is given. */
export function demoSeed(secrets: Secrets): { users: SeedUser[]; apiKeys: SeedApiKey[] } {
  return {
    users: demoUsers.map((user) => ({ ...user, password: secrets.password })),
    apiKeys: [
      { id: 'demo-risk-engine', name: 'Demo risk engine', key: secrets.riskEngineKey, scopes: ['risk-engine'] },
      { id: 'demo-payer', name: 'Demo wallet', key: secrets.payerKey, scopes: ['payer'] },
    ],
  }
}

/** Whether anything in reach is real people's phones or money: then there are no accounts with known passwords. */
export function isDemo({ real }: StartConfiguration): boolean {
  return !real.telephony && !real.funds
}

/** Leaves what a script needs to drive the demo in `demo.json`, readable by its owner only. */
export function writeDemoFile(start: StartConfiguration, secrets: Secrets): string {
  const file = path.join(start.dataDir, 'demo.json')
  const content = {
    baseUrl: start.publicBaseUrl,
    simulatorUrl: simulatorUrl(start),
    riskEngineKey: secrets.riskEngineKey,
    payerKey: secrets.payerKey,
    users: demoUsers.map(({ email, role }) => ({ email, password: secrets.password, role })),
  }
  writePrivately(file, `${JSON.stringify(content, null, 2)}\n`)
  return file
}
