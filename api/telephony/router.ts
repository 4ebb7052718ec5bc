import express, { type Request, type Router } from 'express'
import type { Client } from '@temporalio/client'
import type { Configuration } from '../../configuration/configuration'
import type { Log } from '../../configuration/log'
import { agentLeft, keyPressed, machineAnswered, payerCalled, payerReached } from '../../domain/messages'
import type { CallNews } from '../../records/calls'
import { recordCallReport, recordInboundLeft } from '../../records/calls'
import { awaitedCaller, awaitsCode, recordCalledIn } from '../../records/reminder/payer'
import { payerCalledIn } from '../../domain/reminder/messages'
import { recordAgentJoined, recordAnsweredBy, recordIdentified, recordKeypress, recordPayerJoined, recordWantsPerson } from '../../records/contact'
import { agentLegOf, agentMayJoin, recordAgentLeft, recordPayerCalled } from '../../records/conference'
import { sqlOf, type Database } from '../../records/database'
import { endMonitoring, monitoringOf, recordSupervisorJoined, whisperersIn } from '../../records/monitoring'
import { attemptId } from '../../records/attempts'
import { beginRecording, completeRecording, forgetAsking, storeRecording } from '../../records/recordings'
import { scriptInForce, scriptOfCase } from '../../records/scripts'
import { tellCallNews, tellCase } from '../../providers/caseWorkflows'
import type { Telephony } from '../../providers/telephony'
import { releasesByKeypress } from '../../domain/keypress'
import { legOf } from '../../domain/legs'
import { malformed, notFound, unavailable } from '../problem'
import { callSubject, type CallSubject } from './callSubject'
import { announcement, askCode, identify, joinAgent, joinConference, joinSupervisor, mayAskAgain, question, reject, sayAndHangUp, waiting } from './documents'
import { payeeAnswered } from '../../domain/transferHelp/messages'
import { payeeWording } from '../../domain/transferHelp/payeeWording'
import { recordPayeeKey } from '../../records/transferHelp/payeeCall'
import { askConsent } from './payeeCall'
import { demandSignature } from './signature'
import { createTranscription } from './transcription'
import { keptBy, wordingOf, type Wording } from './wording'

export interface TelephonyDeps {
  db: Database
  temporal: Client
  telephony: Telephony
  configuration: Configuration
  log: Log
}

type Form = Record<string, string | undefined>

/** A caller is not kept in silence for longer. */
const secondsOnTheLine = 1

/**
 * The provider's webhooks. What they say is written to PostgreSQL, then told to the case's workflow,
 * and only then answered with 2xx: a webhook that fails half way is asked for again and does no harm.
 * Voice documents come from PostgreSQL and configuration alone, so that they answer with no worker up.
 */
export function telephonyRouter(deps: TelephonyDeps): Router {
  const { db, temporal, configuration, log } = deps
  const router = express.Router()
  router.use(express.urlencoded({ extended: false, limit: '64kb' }), demandSignature(configuration))
  const address = (path: string) => `${configuration.publicBaseUrl}/telephony/${path}`
  const form = (request: Request) => (request.body ?? {}) as Form
  const document = (path: string, answer: (request: Request, body: Form) => Promise<string>) =>
    router.post(path, async (request, response) => {
      response.type('text/xml').send(await answer(request, form(request)))
    })
  const report = (path: string, take: (request: Request, body: Form) => Promise<void>) =>
    router.post(path, async (request, response) => {
      await take(request, form(request))
      response.status(204).end()
    })
  const transcription = createTranscription(deps)
  const subject = async (request: Request): Promise<CallSubject> => {
    const found = await callSubject(db, String(request.params.attemptId))
    if (!found) throw notFound('There is no such attempt.')
    return found
  }

  document('/calls/:attemptId/voice', async (request) => {
    const { attempt, wording, name, policy } = await subject(request)
    if (attempt.mode === 'automated') return identify(address, wording, { attemptId: attempt.id, name, turn: 1 })
    return joinConference(address, wording, { ...attempt, announcement: wording.connecting(keptBy(policy)) })
  })

  document('/calls/:attemptId/identified', async (request, { Digits }) => {
    const { attempt, wording, name, undecided, policy, request: payeeRequest } = await subject(request)
    const turn = Number(request.query.turn ?? 1)
    const [payment] = undecided
    if (Digits === '1' && payeeRequest) {
      await recordIdentified(db, attempt.id, 'payee')
      return askConsent(address, wording, { attemptId: attempt.id, request: payeeRequest, turn: 1 })
    }
    if (Digits === '0') return toPerson(attempt, wording, policy, '0', payeeRequest ? 'payee' : 'payer')
    if (Digits === '1' && payment) {
      await recordIdentified(db, attempt.id, 'payer')
      return question(address, wording, { attemptId: attempt.id, payment, turn: 1, person: false })
    }
    if (Digits || !mayAskAgain(turn)) return sayAndHangUp(wording, wording.goodbye)
    return identify(address, wording, { attemptId: attempt.id, name, turn: turn + 1 })
  })

  document('/calls/:attemptId/answer', async (request, { Digits }) => {
    const { attempt, wording, payments, undecided, policy } = await subject(request)
    const turn = Number(request.query.turn ?? 1)
    const index = payments.findIndex(({ paymentId }) => paymentId === request.query.payment)
    const payment = payments[index]
    if (!payment) throw notFound('There is no such payment in this call.')
    let person = request.query.person === 'true'
    if (Digits === '0') return toPerson(attempt, wording, policy, '0')
    if (Digits !== '1' && Digits !== '2') {
      if (mayAskAgain(turn)) return question(address, wording, { attemptId: attempt.id, payment, turn: turn + 1, person })
      return sayAndHangUp(wording, wording.goodbye)
    }
    const pressed = { attemptId: attempt.id, paymentId: payment.paymentId, digit: Digits } as const
    const heard = await recordKeypress(db, pressed)
    if (heard) await tellOrGoOn(() => tellCase(temporal, heard, keyPressed, pressed))
    person ||= Digits === '2' || !releasesByKeypress(policy, payment.risk.score, payment.amount.amount)
    const next = payments.slice(index + 1).find(({ paymentId }) => undecided.some((open) => open.paymentId === paymentId))
    if (next) return question(address, wording, { attemptId: attempt.id, payment: next, turn: 1, person })
    return person ? toPerson(attempt, wording, policy, Digits) : sayAndHangUp(wording, wording.thanks)
  })

  /** The payee of a transfer that went wrong: 1 returns it, 2 does not, 0 a person. */
  document('/calls/:attemptId/consent', async (request, { Digits }) => {
    const { attempt, wording, policy, request: payeeRequest } = await subject(request)
    if (!payeeRequest) throw notFound('Nobody is asked for money in this call.')
    const turn = Number(request.query.turn ?? 1)
    if (Digits === '0') return toPerson(attempt, wording, policy, '0', 'payee')
    if (Digits !== '1' && Digits !== '2')
      return mayAskAgain(turn)
        ? askConsent(address, wording, { attemptId: attempt.id, request: payeeRequest, turn: turn + 1 })
        : sayAndHangUp(wording, wording.goodbye)
    const heard = await recordPayeeKey(db, attempt.id, Digits)
    if (heard?.answer) await tellOrGoOn(() => tellCase(temporal, heard, payeeAnswered, heard.answer!))
    return sayAndHangUp(wording, payeeWording(payeeRequest)[Digits === '1' ? 'agreed' : 'refused'])
  })

  /** Somebody is on the line and must hear something; what they said is in PostgreSQL, and a denial travels with the end of the call too. */
  async function tellOrGoOn(telling: () => Promise<unknown>): Promise<void> {
    try {
      await temporal.withDeadline(Date.now() + secondsOnTheLine * 1_000, telling)
    } catch (error) {
      log.error({ err: error }, 'the case could not be told what the payer did')
    }
  }

  async function toPerson(attempt: CallSubject['attempt'], wording: CallSubject['wording'], policy: CallSubject['policy'], digit: string, who: 'payer' | 'payee' = 'payer'): Promise<string> {
    await recordWantsPerson(db, attempt.id, digit, who)
    return joinConference(address, wording, { ...attempt, announcement: wording.toPerson(keptBy(policy)) })
  }

  document('/calls/:attemptId/voicemail', async (request) => {
    const { wording } = await subject(request)
    return sayAndHangUp(wording, wording.voicemail)
  })

  document('/calls/:attemptId/apology', async (request) => {
    const { wording } = await subject(request)
    return sayAndHangUp(wording, wording.apology)
  })

  report('/calls/:attemptId/status', async (request, body) => {
    const { CallSid = '', CallStatus = '', SequenceNumber = '', ErrorCode } = body
    const id = String(request.params.attemptId)
    if (!/^[\w-]{1,64}$/.test(CallSid)) throw malformed('CallSid is missing, or is not one.')
    const news = await recordCallReport(db, {
      attemptId: id,
      callSid: CallSid,
      status: CallStatus,
      key: `${CallSid}:${SequenceNumber}:${CallStatus}`,
      source: 'callback',
      form: withoutNumbers(body),
      ...(ErrorCode ? { errorCode: ErrorCode } : {}),
    })
    if (news) await passOn(news, { attemptId: id, callSid: CallSid })
  })

  async function passOn(news: CallNews, about: { attemptId: string; callSid: string }): Promise<void> {
    if (news.foreignCallSid) {
      log.error({ caseId: news.caseId, ...about }, 'a second call for one attempt: it is ended')
      await deps.telephony.endCall(about.callSid)
      return
    }
    await tellCallNews(db, temporal, news)
  }

  report('/calls/:attemptId/answered-by', async (request, { AnsweredBy = 'unknown' }) => {
    const id = String(request.params.attemptId)
    const heard = await recordAnsweredBy(db, id, AnsweredBy)
    if (heard?.machine) await tellCase(temporal, heard, machineAnswered, { attemptId: id })
  })

  async function wordingOfCase({ params }: Request): Promise<Wording> {
    return wordingOf((await scriptOfCase(sqlOf(db), String(params.caseId))) ?? (await scriptInForce(sqlOf(db), 'callback', 'en')))
  }
  /** Nobody knows yet which case it is. */
  async function wordingIn(locale: string): Promise<Wording> {
    return wordingOf(await scriptInForce(sqlOf(db), 'callback', locale))
  }
  document('/conferences/:caseId/wait', async (request) => waiting(await wordingOfCase(request)))

  /** What the payer hears while an agent has put them on hold. */
  document('/conferences/:caseId/hold', async (request) => waiting(await wordingOfCase(request)))
  document('/conferences/:caseId/line-broken', async (request) => {
    const wording = await wordingOfCase(request)
    return announcement(wording, wording.lineBroken)
  })
  /** What the payer hears once another agent is sought for them. */
  document('/conferences/:caseId/patience', async (request) => {
    const wording = await wordingOfCase(request)
    return announcement(wording, wording.waiting)
  })

  report('/conferences/:caseId/status', async (request, body) => {
    const caseId = String(request.params.caseId)
    const leg = legOf(body.ParticipantLabel)
    if (!leg) return
    const { StatusCallbackEvent: event, CallSid = '' } = body
    if ('payer' in leg && event === 'participant-join') {
      const heard = await recordPayerJoined(db, attemptId(caseId, leg.payer))
      if (heard?.reached) await tellCase(temporal, heard, payerReached, heard.reached)
      await recordFromNow(attemptId(caseId, leg.payer))
    }
    if ('payer' in leg && event === 'participant-leave') {
      // A call that the payer made has no status callbacks of ours: it ends with its leg.
      const left = await recordInboundLeft(db, attemptId(caseId, leg.payer), body.CallSid ?? '')
      if (left) await tellCallNews(db, temporal, left)
    }
    if ('agent' in leg && event === 'participant-join') {
      const heard = await recordAgentJoined(db, caseId, leg.agent, CallSid)
      if (heard?.reached) await tellCase(temporal, heard, payerReached, heard.reached)
      await coachAgain(caseId)
    }
    if ('agent' in leg && event === 'participant-leave') await agentIsGone(caseId, leg.agent, CallSid)
    if ('supervisor' in leg && event === 'participant-join') await supervisorIsIn(caseId, leg.supervisor, CallSid)
    if ('supervisor' in leg && event === 'participant-leave') {
      await endMonitoring(db, { caseId, supervisorId: leg.supervisor, callSid: CallSid, why: 'line_lost' })
      // Who has taken the call over left it as its agent.
      if (await agentMayJoin(db, caseId, leg.supervisor)) await agentIsGone(caseId, leg.supervisor, CallSid)
    }
  })

  async function agentIsGone(caseId: string, agentId: string, callSid: string): Promise<void> {
    const left = await recordAgentLeft(db, caseId, agentId, callSid)
    if (!left) return
    if (left.alone) await tellPayer(caseId, left.callSid)
    await tellCase(temporal, left, agentLeft, { attemptId: left.attemptId, agentId })
  }

  /** The payer is not left with silence, whatever becomes of the agent. That it cannot be said is no reason to ask for the report again. */
  async function tellPayer(caseId: string, callSid: string): Promise<void> {
    try {
      await deps.telephony.announceTo(caseId, callSid, address(`conferences/${encodeURIComponent(caseId)}/line-broken`))
    } catch (error) {
      log.warn({ caseId, err: error }, 'the payer could not be told that the line broke')
    }
  }

  /** How they are in the call may have changed while their leg was on its way. */
  async function supervisorIsIn(caseId: string, supervisorId: string, callSid: string): Promise<void> {
    const monitoring = await recordSupervisorJoined(db, caseId, supervisorId, callSid)
    if (!monitoring) return
    const coached = monitoring.mode === 'whisper' ? await agentLegOf(sqlOf(db), caseId) : undefined
    await seat(caseId, callSid, { muted: monitoring.mode === 'listen' || (monitoring.mode === 'whisper' && !coached), ...(coached ? { coached } : {}) })
  }

  /** An agent who comes back has a new leg, and whoever whispers to them must follow it. */
  async function coachAgain(caseId: string): Promise<void> {
    const whisperers = await whisperersIn(db, caseId)
    const coached = whisperers.length > 0 ? await agentLegOf(sqlOf(db), caseId) : undefined
    for (const { callSid } of whisperers) if (coached) await seat(caseId, callSid, { muted: false, coached })
  }

  /** A report is not refused because the provider does not do as it is told: it would only come again. */
  async function seat(caseId: string, callSid: string, wish: { muted: boolean; coached?: string }): Promise<void> {
    await deps.telephony.seatLeg(caseId, callSid, wish).catch((error: unknown) => log.error({ caseId, err: error }, 'a supervisor’s leg is not as it should be'))
  }

  /** The announcement is over when the payer is in the talk. An outage is no reason to refuse the report for good: it comes again, and asks again. */
  async function recordFromNow(id: string): Promise<void> {
    const call = await beginRecording(db, id, (await callSubject(db, id))?.script ?? '')
    if (!call) return
    try {
      const recordingSid = await deps.telephony.startRecording(call.callSid, address(`calls/${encodeURIComponent(id)}/recording#rc=5&rp=all`))
      if (recordingSid) await storeRecording(db, call, recordingSid)
      if (recordingSid && call.transcribe) await transcription.begin(call)
    } catch (error) {
      log.error({ caseId: call.caseId, attemptId: id, err: error }, 'the call could not be recorded')
      await forgetAsking(db, id)
      throw unavailable('The provider could not be asked to record.')
    }
  }

  report('/calls/:attemptId/recording', async (request, { RecordingSid, RecordingStatus, RecordingDuration, RecordingChannels }) => {
    if (!RecordingSid || RecordingStatus !== 'completed') return
    const done = { recordingSid: RecordingSid, seconds: Number(RecordingDuration ?? 0), channels: Number(RecordingChannels ?? 2) }
    await completeRecording(db, String(request.params.attemptId), done)
  })

  report('/calls/:attemptId/transcription', async (request, body) => transcription.take(String(request.params.attemptId), body))

  /** A browser dials in: an agent's only into the case that is theirs, a supervisor's only where they are on record. */
  document('/agent', async (_request, { From = '', caseId = '' }) => {
    const agentId = decodeURIComponent(From.replace(/^client:/, ''))
    if (await agentMayJoin(db, caseId, agentId)) return joinAgent(address, { caseId, agentId })
    const monitoring = await monitoringOf(db, agentId)
    if (monitoring?.caseId === caseId) {
      const coached = await agentLegOf(sqlOf(db), caseId)
      return joinSupervisor(address, { caseId, supervisorId: agentId, mode: monitoring.mode, ...(coached ? { coached } : {}) })
    }
    log.warn({ caseId, agentId }, 'an agent tried to join a case that is not theirs')
    return reject()
  })

  /** A caller's number can be forged, so nothing is told: we ring back at once on the number that we know. */
  document('/inbound', async (_request, { From = '', CallSid = '' }) => {
    const awaited = await awaitedCaller(db, From)
    if (awaited?.theirs) return askCode(address, await wordingIn(awaited.locale), { turn: 1, locale: awaited.locale })
    const known = await recordPayerCalled(db, From, CallSid)
    // Somebody who was asked to call in may do so from any phone: the code says whose case it is.
    if (!known && awaited) return askCode(address, await wordingIn(awaited.locale), { turn: 1, locale: awaited.locale })
    const wording = await wordingIn(known?.locale ?? 'zh-CN')
    if (!known) return sayAndHangUp(wording, wording.noCase)
    await tellOrGoOn(() => tellCase(temporal, known, payerCalled, { phone: From }))
    return sayAndHangUp(wording, wording.goodbye)
  })

  document('/inbound/code', async (request, { Digits = '', From = '', CallSid = '' }) => {
    const turn = Number(request.query.turn ?? 1)
    const locale = String(request.query.locale ?? 'zh-CN')
    const found = Digits ? await awaitsCode(db, Digits) : undefined
    const called = found && (await recordCalledIn(db, found.caseId, { callSid: CallSid, from: From }))
    if (!called) {
      const wording = await wordingIn(locale)
      return mayAskAgain(turn) ? askCode(address, wording, { turn: turn + 1, locale }) : sayAndHangUp(wording, wording.noCase)
    }
    await tellOrGoOn(() => tellCase(temporal, called, payerCalledIn, { attemptId: called.attemptId, callSid: CallSid }))
    const { policy, wording } = (await callSubject(db, called.attemptId))!
    return joinConference(address, wording, { ...called, announcement: wording.connecting(keptBy(policy)) })
  })

  return router
}

/** Phone numbers are in the attempt's row already; the stored form has none. */
function withoutNumbers(body: Form): Record<string, string> {
  const numbers = new Set(['From', 'To', 'Caller', 'Called'])
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !numbers.has(entry[0])))
}
