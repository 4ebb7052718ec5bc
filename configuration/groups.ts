/**
 * Settings that only make sense together. A group is absent (that part is then embedded or
 * simulated by `npm start`) or whole; half of one would quietly mix a real part with a simulated one.
 */
const groups = [
  {
    part: 'Twilio',
    together: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM_NUMBER', 'TWILIO_API_KEY_SID', 'TWILIO_API_KEY_SECRET', 'TWILIO_TWIML_APP_SID'],
  },
  { part: 'the payments core', together: ['FUNDS_URL', 'FUNDS_TOKEN', 'FUNDS_WEBHOOK_SECRET'] },
  { part: 'worker versioning', together: ['WORKER_DEPLOYMENT_NAME', 'WORKER_BUILD_ID'] },
  { part: 'single sign-on', together: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] },
  { part: 'events to the risk engine', together: ['RISK_EVENTS_URL', 'RISK_EVENTS_SECRET'] },
] as const

const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** One sentence for each half-set group, naming what is missing; empty when all is well. */
export function halfSetGroups(environment: NodeJS.ProcessEnv): string[] {
  return groups.flatMap(({ part, together }) => {
    const present = together.filter((name) => environment[name])
    const missing = together.filter((name) => !environment[name])
    if (present.length === 0 || missing.length === 0) return []
    return [
      `The settings of ${part} go together: ${list.format(present)} ${present.length > 1 ? 'are' : 'is'} set, but ${list.format(missing)} ${missing.length > 1 ? 'are' : 'is'} missing.`,
    ]
  })
}
