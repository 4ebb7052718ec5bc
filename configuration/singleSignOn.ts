import { z } from 'zod'
import { roles, type Role } from '../domain/roles'

/** The identity provider, and which of its groups has which role with us. */
export interface SingleSignOn {
  issuer: string
  clientId: string
  clientSecret: string
  /** With a space between them. */
  scopes: string
  /** The claim that lists a person's groups: text, or a list of texts. A path has dots, such as `realm_access.roles`. */
  roleClaim: string
  /** From a value of that claim to the role. */
  roles: Map<string, Role>
}

const loopback = /^(127(\.\d+){3}|localhost|\[::1\])$/

/** Sign-in goes over TLS; without it only a provider on this machine is trusted. */
export const issuer = z
  .url({ protocol: /^https?$/, error: 'expected an https address' })
  .refine((url) => url.startsWith('https:') || loopback.test(new URL(url).hostname), 'expected an https address')

/** `payments-agents=agent, payments-leads=supervisor`. */
export const roleMapping = z.string().transform((text, context) => {
  const mapping = new Map<string, Role>()
  for (const pair of text.split(',').map((each) => each.trim())) {
    const [, group = '', named = ''] = /^(.+)=(\w+)$/.exec(pair) ?? []
    const role = roles.find((one) => one === named.trim())
    if (role) mapping.set(group.trim(), role)
    else context.addIssue({ code: 'custom', message: `expected pairs such as payments-agents=agent, with the roles ${roles.join(', ')}` })
  }
  return mapping
})
