import { readStartConfiguration } from '../../embedded/configuration'
import { StartFailure } from '../../embedded/failure'

const twilio = {
  TWILIO_ACCOUNT_SID: 'AC0',
  TWILIO_AUTH_TOKEN: 't',
  TWILIO_FROM_NUMBER: '+12025550142',
  TWILIO_API_KEY_SID: 'SK0',
  TWILIO_API_KEY_SECRET: 's',
  TWILIO_TWIML_APP_SID: 'AP0',
}

test('everything is embedded or simulated when nothing is configured', () => {
  const start = readStartConfiguration({})
  expect(start).toMatchObject({ port: 3000, simulatorPort: 3001, publicBaseUrl: 'http://127.0.0.1:3000', callsPerSecond: '5' })
  expect(Object.values(start.real)).toEqual([false, false, false, false, false])
})

test('each part is real as soon as its group is configured', () => {
  const start = readStartConfiguration({
    ...twilio,
    PUBLIC_BASE_URL: 'https://calls.example.com/',
    DATABASE_URL: 'postgres://db/x',
    TEMPORAL_ADDRESS: 'temporal:7233',
  })
  expect(start.real).toEqual({ postgres: true, temporal: true, telephony: true, funds: false, events: false })
  expect(start.publicBaseUrl).toBe('https://calls.example.com')
})

test.each([
  ['half of Twilio', { TWILIO_ACCOUNT_SID: 'AC0', TWILIO_FROM_NUMBER: '+12025550142' }, /Twilio.*TWILIO_AUTH_TOKEN.*missing/],
  ['half of the payments core', { FUNDS_URL: 'http://funds' }, /payments core.*FUNDS_TOKEN/],
  ['half of the events', { RISK_EVENTS_SECRET: 'whsec_AAAA' }, /RISK_EVENTS_URL.*missing/],
  ['a Temporal namespace without an address', { TEMPORAL_NAMESPACE: 'prod' }, /TEMPORAL_NAMESPACE is set, but TEMPORAL_ADDRESS is missing/],
  ['Twilio without an address at which it reaches us', twilio, /PUBLIC_BASE_URL/],
  ['a database that is no address', { DATABASE_URL: 'localhost' }, /DATABASE_URL is not the address/],
  ['a public address that is none', { PUBLIC_BASE_URL: 'calls.example.com' }, /PUBLIC_BASE_URL is "calls.example.com"/],
  ['a port that is no number', { PORT: 'http' }, /PORT is "http"/],
  ['a port out of range', { SIMULATOR_PORT: '70000' }, /SIMULATOR_PORT is "70000"/],
  ['one port for two', { PORT: '3001' }, /both 3001/],
])('%s is one clear sentence', (_what, environment, sentence) => {
  expect(() => readStartConfiguration(environment as NodeJS.ProcessEnv)).toThrow(StartFailure)
  expect(() => readStartConfiguration(environment as NodeJS.ProcessEnv)).toThrow(sentence)
})
