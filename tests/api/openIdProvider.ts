import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fork } from 'node:child_process'
import { open } from '../support/leaks'

/** A person at the provider: `sub` and whatever claims it knows of them. */
export type Person = { sub: string } & Record<string, unknown>

export interface OpenIdProvider {
  issuer: string
  client: { id: string; secret: string }
  stop(): Promise<void>
}

interface Order {
  redirectUris: string[]
  people: Person[]
}

const client = { id: 'risk-callback', secret: 'of the tests and of nothing else' }

/** A real OpenID provider, in a process of its own: it is made of ES modules, which jest cannot load. */
export async function startOpenIdProvider(order: Order): Promise<OpenIdProvider> {
  const child = fork(__filename, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const registered = open('an OpenID provider')
  child.send(order)
  const [issuer] = (await once(child, 'message')) as [string]
  return {
    issuer,
    client,
    async stop() {
      child.disconnect()
      await once(child, 'exit')
      registered.closed()
    },
  }
}

async function serve({ redirectUris, people }: Order): Promise<void> {
  const { Provider } = await import('oidc-provider')
  const { createServer } = await import('node:http')
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: redirectUris,
        post_logout_redirect_uris: redirectUris.map((uri) => `${new URL(uri).origin}/`),
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'locale', 'roles'] },
    pkce: { required: () => true },
    cookies: { keys: ['of the tests'] },
    findAccount: (_context: unknown, sub: string) => {
      const person = people.find((each) => each.sub === sub)
      return person && { accountId: sub, claims: () => person }
    },
  })
  server.on('request', provider.callback())
  process.send!(issuer)
  process.once('disconnect', () => process.exit(0))
}

if (require.main === module) process.once('message', (order) => void serve(order as Order))
