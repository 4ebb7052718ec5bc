import type { AccountSecurity } from '../security'
import type { ScriptDocument } from './document'
import { guidanceFor, stepsMessage, type Guidance } from './guidance'
import { scriptFor, type Script } from './script'
import { securityHoles } from '../security'

/** A case that nobody had, to show how a script sounds. */
export function exampleCase(language: string, now: Date) {
  const chinese = /^zh\b/i.test(language)
  return {
    payerName: chinese ? '李先生' : 'Mr Li',
    agentName: chinese ? '小王' : 'Wang',
    payments: [
      { amount: { amount: 758_700, currency: 'CNY' }, paidAt: new Date(now.getTime() - 120_000).toISOString(), payeeName: chinese ? '机票' : 'Air tickets' },
    ],
    now,
  }
}

/** An account with every hole, so that every advice is shown. */
const unprotected: AccountSecurity = { digitalCertificate: false, realNameVerified: false, phoneBound: false }
const wellProtected: AccountSecurity = { digitalCertificate: true, realNameVerified: true, phoneBound: true }

export interface ScriptPreview {
  script: Script
  guidance: Guidance[]
  message: string
}

/** What the agent reads, and the text message, for the example case. */
export function previewOf(language: string, document: ScriptDocument, now: Date): ScriptPreview {
  return {
    script: scriptFor({ language, document }, exampleCase(language, now)),
    guidance: [...guidanceFor(document, unprotected), ...guidanceFor(document, wellProtected)],
    message: stepsMessage(document, securityHoles),
  }
}
