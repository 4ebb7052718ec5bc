import { machineAnswered } from '../../domain/messages'
import { tellCallNews } from '../../providers/callNews'
import { tellCase } from '../../providers/caseWorkflows'
import { noteQueueTime } from '../../records/attempts'
import { recordCallReport, type CallNews } from '../../records/calls'
import { recordAnsweredBy } from '../../records/contact'
import { malformed } from '../problem'
import type { Form, Webhooks } from './webhooks'

/** How a call that we made goes: its status, and who or what answered. */
export function callReports({ db, temporal, telephony, log, report }: Webhooks): void {
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
    if (news?.ended) await noteWait(id, CallSid)
  })

  async function passOn(news: CallNews, about: { attemptId: string; callSid: string }): Promise<void> {
    if (news.foreignCallSid) {
      log.error({ caseId: news.caseId, ...about }, 'a second call for one attempt: it is ended')
      await telephony.endCall(about.callSid)
      return
    }
    await tellCallNews(db, temporal, news)
  }

  /** How long the call waited at the provider no report says: of a call that nobody has asked about yet, it is asked now. */
  async function noteWait(attemptId: string, callSid: string): Promise<void> {
    try {
      const attempt = await db.attempt.findUnique({ where: { id: attemptId }, select: { queueMillis: true } })
      if (attempt?.queueMillis !== null) return
      const call = await telephony.fetchCall(callSid)
      if (call?.queueMillis != null) await noteQueueTime(db, attemptId, call.queueMillis)
    } catch (error) {
      // A figure for people; nothing waits for it.
      log.warn({ attemptId, err: error }, 'the provider did not say how long a call had waited')
    }
  }

  report('/calls/:attemptId/answered-by', async (request, { AnsweredBy = 'unknown' }) => {
    const id = String(request.params.attemptId)
    const heard = await recordAnsweredBy(db, id, AnsweredBy)
    if (heard?.machine) await tellCase(temporal, heard, machineAnswered, { attemptId: id })
  })
}

/** Phone numbers are in the attempt's row already; the stored form has none. */
function withoutNumbers(body: Form): Record<string, string> {
  const numbers = new Set(['From', 'To', 'Caller', 'Called'])
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !numbers.has(entry[0])))
}
