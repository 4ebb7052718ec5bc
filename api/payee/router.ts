import express, { type Router } from 'express'
import type { Client } from '@temporalio/client'
import type { Configuration } from '../../configuration/configuration'
import { createPayeeLinks } from '../../configuration/payeeLinks'
import type { Log } from '../../configuration/log'
import { fieldErrors } from '../../domain/flag'
import { sayMoney } from '../../domain/script/wording'
import type { HelpKind, HelpStatus, Payee } from '../../domain/transferHelp/help'
import { mediationEnded, payeeAnswered } from '../../domain/transferHelp/messages'
import { payeeWording } from '../../domain/transferHelp/payeeWording'
import { payeeAnswerSchema, sideAnswerSchema } from '../../domain/transferHelp/request'
import type { Database } from '../../records/database'
import { policyVersion } from '../../records/policy'
import { answerProposal, type Proposal } from '../../records/transferHelp/mediation'
import { HelpOver, mayAnswer, recordPayeeAnswer } from '../../records/transferHelp/progress'
import { invalid } from '../problem'
import { tellHelp } from '../transferHelp/transferHelp'
import { payeePage, type PayeeScreen } from './page'
import { payeeWords } from './words'

interface PayeeDeps {
  db: Database
  temporal: Client
  configuration: Configuration
  log: Log
}

/** The page behind the link that a payee's app shows. Whoever has the link may answer; it tells nothing of the payer. */
export function payeeRouter(deps: PayeeDeps): Router {
  const { db, configuration } = deps
  const links = createPayeeLinks(configuration.payloadKeys, configuration.publicBaseUrl)
  const router = express.Router()

  router.get('/payee', async (request, response) => {
    const token = String(request.query.t ?? '')
    const caseId = links.caseOf(token)
    const { screen, locale } = caseId ? await screenOf(caseId) : { screen: { show: 'gone' } as PayeeScreen, locale: request.acceptsLanguages('zh', 'en') || 'zh' }
    const language = locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
    response.status(screen.show === 'gone' ? 404 : 200).setHeader('Cache-Control', 'no-store')
    response.type('html').send(payeePage(screen, payeeWords(locale), { language, token }))
  })

  router.post('/payee', express.urlencoded({ extended: false, limit: '32kb' }), async (request, response) => {
    const token = String(request.query.t ?? '')
    const caseId = links.caseOf(token)
    if (caseId) await take(caseId, (request.body ?? {}) as Record<string, unknown>)
    // What they read next is what counts by now, whether this answer came first or not.
    response.redirect(303, `/payee?${new URLSearchParams({ t: token }).toString()}`)
  })

  async function take(caseId: string, { answer, instalments, reason }: Record<string, unknown>): Promise<void> {
    const words = typeof reason === 'string' && reason.trim() !== '' ? reason : undefined
    try {
      if (answer === 'agree' || answer === 'disagree') {
        const given = checked(sideAnswerSchema.safeParse({ agrees: answer === 'agree', words }))
        const agreement = await answerProposal(db, caseId, { side: 'payee', ...given, actor: 'payee' })
        if (agreement) await tellHelp(deps, caseId, mediationEnded, agreement)
        return
      }
      const parts = answer === 'parts' ? { answer: 'return', instalments: Number(instalments) } : { answer }
      const given = { ...checked(payeeAnswerSchema.safeParse({ ...parts, reason: words })), by: 'payee' }
      if (await recordPayeeAnswer(db, caseId, given)) await tellHelp(deps, caseId, payeeAnswered, given)
    } catch (error) {
      if (!(error instanceof HelpOver)) throw error
    }
  }

  async function screenOf(caseId: string): Promise<{ screen: PayeeScreen; locale: string }> {
    const row = await db.transferHelp.findUniqueOrThrow({ where: { caseId }, include: { case: { select: { status: true, policyVersion: true } } } })
    const { locale } = row.payee as unknown as Payee
    const amount = { amount: Number(row.amount), currency: row.currency }
    const { question } = payeeWording({ kind: row.kind as HelpKind, amount, transferredAt: row.transferredAt, locale })
    const state = { status: row.case.status as HelpStatus, answer: row.answer as 'refuse' | null, mediation: row.mediation as 'agreed' | null }
    const proposal = row.proposal as unknown as Proposal | null
    if (mayAnswer(state, 'refuse')) {
      const { transferHelp } = await policyVersion(db, row.case.policyVersion)
      return { locale, screen: { show: 'question', question, maxInstalments: transferHelp.maxInstalments } }
    }
    if (!mayAnswer(state, 'return')) return { locale, screen: { show: 'answered', question } }
    if (!proposal) return { locale, screen: { show: 'later', question } }
    if (row.payeeAgrees !== null) return { locale, screen: { show: 'answered', question } }
    const money = sayMoney({ amount: proposal.amount, currency: row.currency }, locale.startsWith('zh') ? 'zh-CN' : 'en')
    return { locale, screen: { show: 'proposal', question, money, instalments: proposal.instalments, words: proposal.words } }
  }

  return router
}

function checked<T>(read: { success: true; data: T } | { success: false; error: Parameters<typeof fieldErrors>[0] }): T {
  if (!read.success) throw invalid(fieldErrors(read.error))
  return read.data
}
