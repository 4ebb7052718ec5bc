import { machineAnswered } from '../../domain/messages'
import { tellCallNews, tellCase } from '../../providers/caseWorkflows'
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
  })

  async function passOn(news: CallNews, about: { attemptId: string; callSid: string }): Promise<void> {
    if (news.foreignCallSid) {
      log.error({ caseId: news.caseId, ...about }, 'a second call for one attempt: it is ended')
      await telephony.endCall(about.callSid)
      return
    }
    await tellCallNews(db, temporal, news)
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
