import type { Request, Router } from 'express'
import type { Client } from '@temporalio/client'
import type { SignalDefinition } from '@temporalio/common'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'
import type { Database } from '../../records/database'
import type { CaseAddress } from '../../domain/messages'
import { tellCase } from '../../providers/caseWorkflows'
import type { Telephony } from '../../providers/telephony'
import { notFound } from '../problem'
import { callSubject, type CallSubject } from './callSubject'
import type { Address } from './documents'

export interface TelephonyDeps {
  db: Database
  temporal: Client
  telephony: Telephony
  configuration: Configuration
  log: Log
}

/** A webhook's body, as the provider sends it. */
export type Form = Record<string, string | undefined>

/** What a group of webhooks needs: where to put itself, and what it acts on. */
export interface Webhooks extends TelephonyDeps {
  /** One of our own webhooks, absolute. */
  address: Address
  /** Answers with TwiML. */
  document(path: string, answer: (request: Request, body: Form) => Promise<string>): void
  /** Takes a report, and answers 204. */
  report(path: string, take: (request: Request, body: Form) => Promise<void>): void
  /** The call that an address names; 404 when there is none. */
  subject(request: Request): Promise<CallSubject>
  /** Somebody is on the line and must hear something; what they said is in PostgreSQL, and a denial travels with the end of the call too. */
  tellOrGoOn<Args extends [unknown]>(theCase: CaseAddress & { caseId: string }, signal: SignalDefinition<Args>, ...args: Args): Promise<void>
}

/** A caller is not kept in silence for longer. */
const secondsOnTheLine = 1

export function webhooksOn(router: Router, deps: TelephonyDeps): Webhooks {
  const form = (request: Request) => (request.body ?? {}) as Form
  return {
    ...deps,
    address: (path) => `${deps.configuration.publicBaseUrl}/telephony/${path}`,
    document(path, answer) {
      router.post(path, async (request, response) => {
        response.type('text/xml').send(await answer(request, form(request)))
      })
    },
    report(path, take) {
      router.post(path, async (request, response) => {
        await take(request, form(request))
        response.status(204).end()
      })
    },
    async subject({ params }) {
      const found = await callSubject(deps.db, String(params.attemptId))
      if (!found) throw notFound('There is no such attempt.')
      return found
    },
    async tellOrGoOn(theCase, signal, ...args) {
      try {
        await deps.temporal.withDeadline(Date.now() + secondsOnTheLine * 1_000, () => tellCase(deps.temporal, theCase, signal, ...args))
      } catch (error) {
        deps.log.error({ caseId: theCase.caseId, err: error }, 'the case could not be told what the payer did')
      }
    },
  }
}
