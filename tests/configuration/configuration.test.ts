import { ConfigurationError, readConfiguration } from '../../configuration/configuration'
import { createLog } from '../../configuration/log'

const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
const whole = {
  DATABASE_URL: 'postgres://somebody:secret@db.example/risk',
  TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM_NUMBER: '+14158675309',
  TWILIO_API_KEY_SID: `SK${'1'.repeat(32)}`,
  TWILIO_API_KEY_SECRET: 'secret',
  TWILIO_TWIML_APP_SID: `AP${'1'.repeat(32)}`,
  FUNDS_URL: 'https://funds.example/',
  FUNDS_TOKEN: 'token',
  FUNDS_WEBHOOK_SECRET: secret,
  SESSION_SECRET: 'x'.repeat(40),
  PAYLOAD_KEYS: `new:${Buffer.alloc(32, 1).toString('base64')},old:${Buffer.alloc(32, 2).toString('base64')}`,
}

function faultsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfiguration(environment)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults
    throw error
  }
  return []
}

it('reads a whole environment', () => {
  const configuration = readConfiguration({
    ...whole,
    PORT: '8080',
    PUBLIC_BASE_URL: 'https://callback.example/',
    TEMPORAL_ADDRESS: 'temporal.example:7233',
    TEMPORAL_NAMESPACE: 'calls',
  })
  expect(configuration).toMatchObject({
    port: 8080,
    publicBaseUrl: 'https://callback.example',
    https: true,
    trustedProxies: 1,
    temporal: { namespace: 'calls', connectionOptions: { address: 'temporal.example:7233' } },
    telephony: { callsPerSecond: 1, apiBaseUrl: undefined },
    funds: { url: 'https://funds.example' },
    events: undefined,
  })
  expect(configuration.payloadKeys.map(({ id }) => id)).toEqual(['new', 'old'])
})

describe('single sign-on', () => {
  const provider = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'callback', OIDC_CLIENT_SECRET: 'secret' }

  it('is absent, or whole with a role for each group', () => {
    expect(readConfiguration(whole)).toMatchObject({ singleSignOn: undefined, passwordSignIn: true })
    const { singleSignOn, passwordSignIn } = readConfiguration({ ...whole, ...provider, OIDC_ROLES: 'a b=agent, leads=supervisor', PASSWORD_SIGN_IN: 'off' })
    expect([...singleSignOn!.roles]).toEqual([
      ['a b', 'agent'],
      ['leads', 'supervisor'],
    ])
    expect(passwordSignIn).toBe(false)
  })

  it.each([
    ['half of it', { OIDC_ISSUER: 'https://id.example' }, /The settings of single sign-on go together/],
    ['a provider without TLS', { ...provider, OIDC_ISSUER: 'http://id.example' }, /OIDC_ISSUER is not usable: expected an https address/],
    ['an unknown role', { ...provider, OIDC_ROLES: 'leads=king' }, /OIDC_ROLES is not usable: expected pairs/],
    ['scopes without openid', { ...provider, OIDC_SCOPES: 'email' }, /OIDC_SCOPES is not usable/],
    ['no way in at all', { PASSWORD_SIGN_IN: 'off' }, /nobody could sign in/],
  ])('refuses %s', (_, given, sentence) => {
    expect(faultsOf({ ...whole, ...given }).join()).toMatch(sentence)
  })
})

it('takes an empty variable for one that is not set', () => {
  expect(readConfiguration({ ...whole, PORT: '', RISK_EVENTS_URL: '', RISK_EVENTS_SECRET: '' })).toMatchObject({ port: 3000, events: undefined })
})

it('names what is missing of a half-set group, in one sentence for each', () => {
  const { TWILIO_AUTH_TOKEN: _, TWILIO_FROM_NUMBER: __, ...half } = whole
  expect(faultsOf({ ...half, RISK_EVENTS_URL: 'https://risk.example' })).toEqual([
    'The settings of Twilio go together: TWILIO_ACCOUNT_SID, TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, and TWILIO_TWIML_APP_SID are set, but TWILIO_AUTH_TOKEN and TWILIO_FROM_NUMBER are missing.',
    'The settings of events to the risk engine go together: RISK_EVENTS_URL is set, but RISK_EVENTS_SECRET is missing.',
  ])
})

it.each([
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://x'],
  ['TWILIO_FROM_NUMBER', '+1'],
  ['TWILIO_CALLS_PER_SECOND', '0'],
  ['FUNDS_WEBHOOK_SECRET', 'not a secret'],
  ['SESSION_SECRET', 'short'],
  ['PAYLOAD_KEYS', `k:${Buffer.alloc(16).toString('base64')}`],
  ['PAYLOAD_KEYS', [whole.PAYLOAD_KEYS, whole.PAYLOAD_KEYS].join()],
  ['PUBLIC_BASE_URL', 'callback.example'],
])('names %s when it is %j, and never repeats the value', (name, value) => {
  const [fault, ...more] = faultsOf({ ...whole, [name]: value })
  expect(more).toEqual([])
  expect(fault).toMatch(new RegExp(`^${name} is not usable: .+\\.$`))
  if (value.length > 5) expect(fault).not.toContain(value)
})

it('names everything that is missing at once', () => {
  expect(faultsOf({}).map((fault) => fault.split(' ')[0])).toEqual(Object.keys(whole))
})

it('logs the case, and no names, numbers or keys', () => {
  const lines: string[] = []
  const log = createLog('test', 'info', { write: (line) => void lines.push(line) })
  log.child({ caseId: 'case-1' }).info(
    {
      payer: { name: '李先生', phones: ['+8613800000001'] },
      phone: '+8613800000001',
      request: { headers: { authorization: 'Bearer rck_secret', cookie: 'session=secret' } },
    },
    'calling',
  )
  expect(JSON.parse(lines[0]!)).toMatchObject({ service: 'test', caseId: 'case-1', msg: 'calling' })
  expect(lines[0]).not.toMatch(/李|1380000|secret/)
})
