import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { writePrivately } from './privateFile'

/** Everything secret that the demo needs, made up once for each DATA_DIR. Nothing of it is in the repository. */
export type Secrets = ReturnType<typeof invent>

export function demoSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, 'secrets.json')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {}
  // What a later version adds is made up then; what is there stays, because data was encrypted with it.
  const secrets = { ...invent(), ...kept }
  writePrivately(file, JSON.stringify(secrets, null, 2))
  return secrets
}

function invent() {
  const hex = () => randomBytes(16).toString('hex')
  const token = () => randomBytes(32).toString('base64url')
  const webhookSecret = () => `whsec_${randomBytes(24).toString('base64')}`
  return {
    postgresPassword: token(),
    sessionSecret: token(),
    payloadKeys: `demo-1:${randomBytes(32).toString('base64')}`,
    accountSid: `AC${hex()}`,
    authToken: hex(),
    apiKeySid: `SK${hex()}`,
    apiKeySecret: token(),
    twimlAppSid: `AP${hex()}`,
    fundsToken: token(),
    fundsWebhookSecret: webhookSecret(),
    eventsSecret: webhookSecret(),
    riskEngineKey: `rck_${token()}`,
    /** Of the payments company's app, which the demo wallet stands for. */
    payerKey: `rck_${token()}`,
    /** Of every demo account: a newcomer types it. */
    password: randomBytes(9).toString('base64url'),
  }
}
