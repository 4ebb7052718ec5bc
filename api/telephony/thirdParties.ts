import { sqlOf } from '../../records/database'
import { policyVersion } from '../../records/policy'
import { scriptAt } from '../../records/scripts'
import { readLine } from '../../records/thirdParty/line'
import { recordThirdPartyAnsweredBy, recordThirdPartyReport } from '../../records/thirdParty/reports'
import { tellThirdPartyNews } from '../../providers/thirdParties'
import { malformed, notFound } from '../problem'
import { hangUp, joinThirdParty } from './documents'
import type { Webhooks } from './webhooks'
import { keptBy, wordingOf } from './wording'

/** The calls of those whom agents add to a talk. No document tells them anything of the payer or of a payment. */
export function thirdPartyCalls({ db, temporal, telephony, log, address, document, report }: Webhooks): void {
  /** The announcement, with the recording's, and the talk; nothing when they are not wanted by now. */
  document('/third-parties/:id/voice', async ({ params }) => {
    const line = await readLine(sqlOf(db), String(params.id))
    if (!line) throw notFound('There is no such third party.')
    if (line.droppedAt || !line.talking) return hangUp()
    const wording = wordingOf(await scriptAt(sqlOf(db), line.script))
    const kept = keptBy(await policyVersion(sqlOf(db), line.policyVersion))
    return joinThirdParty(address, wording, { caseId: line.caseId, thirdPartyId: line.id, announcement: wording.connecting(kept) })
  })

  report('/third-parties/:id/status', async ({ params }, { CallSid = '', CallStatus = '', ErrorCode }) => {
    const id = String(params.id)
    if (!/^[\w-]{1,64}$/.test(CallSid)) throw malformed('CallSid is missing, or is not one.')
    const news = await recordThirdPartyReport(db, { id, callSid: CallSid, status: CallStatus, source: 'callback', ...(ErrorCode ? { errorCode: ErrorCode } : {}) })
    if (news?.foreignCallSid) {
      log.error({ caseId: news.caseId, thirdPartyId: id, callSid: CallSid }, 'a second call for one third party: it is ended')
      await telephony.endCall(CallSid)
    } else if (news) await tellThirdPartyNews(temporal, news)
  })

  report('/third-parties/:id/answered-by', async ({ params }, { AnsweredBy = 'unknown' }) => recordThirdPartyAnsweredBy(db, String(params.id), AnsweredBy))
}
